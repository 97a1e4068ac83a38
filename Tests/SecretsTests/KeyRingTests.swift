import Domain
import Foundation
import Secrets
import Testing

@Suite struct KeyRingTests {
    private static let zeros = Data(repeating: 0, count: 32).base64EncodedString()
    private static let ones = Data(repeating: 1, count: 32).base64EncodedString()

    @Test func `the first line is the current key, comments and blanks mean nothing`() throws {
        let ring = try KeyRing.parse("# keys\n\n  k2 :  \(Self.ones)  \r\nold-1: \(Self.zeros)\n", source: "puente.key")

        #expect(ring.current.id == "k2")
        #expect(ring.former.map(\.id) == ["old-1"])
    }

    @Test(arguments: [
        ("", "it holds no key"), ("# nothing\n", "it holds no key"), ("k1 \(zeros)", "line 1 is no key"),
        ("k1: AAAA", "line 1 is no key"), ("k1: \(zeros)\nk 2: \(ones)", "line 2 is no key"),
        (": \(zeros)", "line 1 is no key"), ("k1: \(zeros)\nk1: \(ones)", "two keys are named k1"),
        ("\(String(repeating: "k", count: 33)): \(zeros)", "line 1 is no key"), ("k.1: \(zeros)", "line 1 is no key"),
    ])
    func `a damaged ring says what is wrong with it`(text: String, reason: String) throws {
        let error = #expect(throws: PuenteError.self) { try KeyRing.parse(text, source: "puente.key") }

        #expect(error?.detail == "key_ring_damaged")
        #expect(error?.message.en == "The key file puente.key is damaged: \(reason). Put its backup in its place.")
    }

    @Test func `a damaged ring's sentence holds no key`() throws {
        let error = #expect(throws: PuenteError.self) { try KeyRing.parse("k1 \(Self.ones)", source: "puente.key") }

        #expect(error?.message.en.contains(Self.ones) == false)
        #expect(error?.message.es.contains(Self.ones) == false)
    }

    @Test func `a rotation puts a new key in front and keeps the others`() throws {
        let first = try KeyRing.generate()
        let second = try first.rotated()
        let third = try second.rotated()

        #expect(first.current.id == "k1")
        #expect(third.current.id == "k3")
        #expect(third.former.map(\.id) == ["k2", "k1"])
    }

    @Test func `a key never shows itself`() throws {
        let ring = try KeyRing.parse("k1: \(Self.ones)", source: "puente.key")
        var dumped = ""
        dump(ring, to: &dumped)

        for text in ["\(ring)", String(reflecting: ring), dumped] {
            #expect(text.contains("k1"))
            #expect(!text.contains("\(Self.ones)") && !text.contains("SymmetricKey") && !text.contains("1, 1, 1"))
        }
    }
}
