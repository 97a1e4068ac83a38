import Domain
import Secrets
import Testing

@Suite struct SignedLinkTests {
    private let ring: KeyRing
    private let links: SignedLink
    private let noon = Timestamp(seconds: 1_790_000_000)

    init() throws {
        ring = try KeyRing.generate()
        links = SignedLink(ring, use: "media")
    }

    @Test func `a link works until its time`() throws {
        let signature = links.signature(for: "/media/1", expiresAt: noon)

        try links.verify(signature, for: "/media/1", now: noon - .seconds(1))
        let error = #expect(throws: PuenteError.self) { try links.verify(signature, for: "/media/1", now: noon) }

        #expect(error?.code == .unauthorized)
        #expect(error?.detail == "link_expired")
        #expect(error?.message.en == "This link has expired. Ask for a new one.")
    }

    @Test func `another subject, use or installation is refused`() throws {
        let signature = links.signature(for: "/media/1", expiresAt: noon)

        expectInvalid(signature, for: "/media/2", links)
        expectInvalid(signature, for: "/media/1", SignedLink(ring, use: "consent"))
        expectInvalid(signature, for: "/media/1", SignedLink(try KeyRing.generate(), use: "media"))
    }

    @Test func `every changed character is noticed`() {
        let signature = Array(links.signature(for: "/media/1", expiresAt: noon))

        for position in signature.indices {
            var changed = signature
            changed[position] = changed[position] == "1" ? "2" : "1"
            expectInvalid(String(changed), for: "/media/1", links)
        }
    }

    @Test(arguments: ["", ".", "..", "k1..", "k1.9999999999999999999999.AAAA", "k1.+5.AAAA", "k1.1.A.A", "k9.1.AAAA"])
    func `what is no signature is refused`(text: String) {
        expectInvalid(text, for: "/media/1", links)
    }

    @Test func `a link from before a rotation still works`() throws {
        let signature = links.signature(for: "/media/1", expiresAt: noon)

        try SignedLink(ring.rotated(), use: "media").verify(signature, for: "/media/1", now: noon - .seconds(1))
    }

    private func expectInvalid(_ signature: String, for subject: String, _ links: SignedLink) {
        let error = #expect(throws: PuenteError.self) {
            try links.verify(signature, for: subject, now: noon - .seconds(1))
        }
        #expect(error?.detail == "link_invalid", "\(signature)")
    }
}
