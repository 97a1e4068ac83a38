import Domain
import Foundation
import NIOCore
import Testing

@testable import Console

struct FormTests {
    @Test func `a form's fields are decoded, and a name may come often`() {
        let fields = FormFields(urlEncoded: "id=A&id=B&text=%C2%BFQu%C3%A9+tal%3F&empty=&flag&=x&bad=%zz&cut=%C3")

        #expect(fields.all("id") == ["A", "B"])
        #expect(fields["text"] == "¿Qué tal?")
        #expect(fields["empty"] == "")
        #expect(fields["flag"] == "")
        #expect(fields["bad"] == nil)
        #expect(fields["cut"] == nil)
    }

    @Test func `more fields than any form has are not taken in`() {
        let text = Array(repeating: "a=1", count: 5000).joined(separator: "&")
        #expect(FormFields(urlEncoded: text).pairs.count == FormFields.maxCount)
    }

    private static let body = """
        --XX\r
        Content-Disposition: form-data; name="csrf"\r
        \r
        token\r
        --XX\r
        Content-Disposition: form-data; name="text"\r
        \r
        línea 1\r
        --XY no es el final\r
        --XX\r
        Content-Disposition: form-data; name="file"; filename="C:\\fotos\\a%22b.jpg"\r
        Content-Type: image/jpeg; charset=x\r
        \r
        \u{0}\r\n--X\u{1}\r
        --XX--\r

        """

    /// However the network cuts it.
    @Test(arguments: [1, 2, 3, 7, 64, 4096])
    func `a multipart form is read in pieces of any size`(size: Int) throws {
        var parser = MultipartParser(boundary: "XX")
        var parts: [(MultipartParser.Part, [UInt8])] = []
        var ended = 0
        for chunk in Array(Self.body.utf8).chunks(of: size) {
            parser.feed(ByteBuffer(bytes: chunk))
            while let event = try parser.next() {
                switch event {
                case .part(let part): parts.append((part, []))
                case .bytes(let bytes): parts[parts.count - 1].1 += Array(bytes.readableBytesView)
                case .partEnd: ended += 1
                }
            }
        }

        #expect(parser.isComplete)
        #expect(ended == 3)
        #expect(parts.map(\.0.name) == ["csrf", "text", "file"])
        #expect(String(decoding: parts[1].1, as: UTF8.self) == "línea 1\r\n--XY no es el final")
        #expect(parts[2].0 == .init(name: "file", filename: "a\"b.jpg", contentType: "image/jpeg"))
        #expect(parts[2].1 == Array("\u{0}\r\n--X\u{1}".utf8))
    }

    @Test(arguments: [
        "--XX\r\nno colon\r\n\r\n", "--XX\r\nContent-Type: text/plain\r\n\r\n", "--XXgarbage",
        "--XX\r\n" + String(repeating: "a: b\r\n", count: 3000),
    ])
    func `a multipart form that is none is refused`(text: String) {
        var parser = MultipartParser(boundary: "XX")
        parser.feed(ByteBuffer(string: text))
        #expect(throws: PuenteError.unreadableForm) {
            while try parser.next() != nil {}
        }
    }

    @Test func `what comes before the first part is held back no longer than needed`() throws {
        var parser = MultipartParser(boundary: "XX")
        for _ in 1...1000 {
            parser.feed(ByteBuffer(string: String(repeating: "preamble ", count: 100)))
            #expect(try parser.next() == nil)
        }
        parser.feed(ByteBuffer(string: "\r\n--XX--"))
        #expect(try parser.next() == nil)
        #expect(parser.isComplete)
    }

    @Test func `a boundary is read with and without quotes`() {
        #expect(MultipartParser.boundary(in: "multipart/form-data; boundary=abc") == "abc")
        #expect(MultipartParser.boundary(in: "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"") == "a b")
        #expect(MultipartParser.boundary(in: "multipart/form-data") == nil)
        #expect(MultipartParser.boundary(in: "text/plain; boundary=abc") == nil)
        #expect(
            MultipartParser.boundary(in: "multipart/form-data; boundary=" + String(repeating: "a", count: 71)) == nil)
    }

    @Test func `a name that would turn on the screen is straightened`() throws {
        let headers = try MultipartHeaders(
            "Content-Disposition: form-data; name=\"file\"; filename=\"../../foto\u{202e}gpj.exe\"")
        #expect(headers.part.filename == "fotogpj.exe")
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
