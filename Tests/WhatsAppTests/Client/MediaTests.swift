import Logging
import OutboundHTTP
import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct MediaTests {
    @Test func `a form holds its fields and the file's bytes as they are`() {
        let form = MultipartForm(
            fields: ["messaging_product": "whatsapp", "type": "image/png"], fileName: "a.png", mimeType: "image/png",
            path: "/media/a", byteCount: 4, boundary: "B")
        let head = """
            --B\r
            Content-Disposition: form-data; name="messaging_product"\r
            \r
            whatsapp\r
            --B\r
            Content-Disposition: form-data; name="type"\r
            \r
            image/png\r
            --B\r
            Content-Disposition: form-data; name="file"; filename="a.png"\r
            Content-Type: image/png\r
            \r\n
            """

        #expect(form.contentType == "multipart/form-data; boundary=B")
        #expect(form.body.head == Array(head.utf8))
        #expect(form.body.path == "/media/a")
        #expect(form.body.byteCount == 4)
        #expect(form.body.tail == Array("\r\n--B--\r\n".utf8))
    }

    @Test func `a file's name cannot break out of its line`() {
        let form = MultipartForm(
            fields: [:], fileName: "a\"\r\nX: y\rñ\n.png", mimeType: "image/png\r\nX: y", path: "/media/a",
            byteCount: 0, boundary: "B")
        let text = String(decoding: form.body.head, as: UTF8.self)

        #expect(text.contains(#"filename="a%22%0D%0AX: y%0Dñ%0A.png""#))
        #expect(text.contains("Content-Type: image/pngX: y\r\n\r\n"))
    }

    @Test func `the largest file gets through a line of 1 Mbit/s`() {
        let bits = MediaLimits.mostInboundBytes * 8
        #expect(.seconds(bits / 1_000_000) < GraphClient.Deadline.transfer)
    }

    @Test func `every form has a boundary of its own`() {
        #expect(MultipartForm.randomBoundary() != MultipartForm.randomBoundary())
    }

    @Test func `a checksum is read in base64 and in hexadecimal`() {
        let digest: [UInt8] = (0..<32).map { $0 }
        let base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F"

        #expect(MediaChecksum.isMatch(digest, announced: base64) == true)
        #expect(MediaChecksum.isMatch(digest, announced: hex) == true)
        #expect(MediaChecksum.isMatch(Array(digest.reversed()), announced: hex) == false)
    }

    @Test(arguments: [nil, "", "4654+8g=", "a1b2c3d4e5f6...", String(repeating: "z", count: 64)])
    func `a checksum that is none proves nothing`(text: String?) {
        #expect(MediaChecksum.isMatch([1, 2, 3], announced: text) == nil)
    }

    @Test func `the answer on a file is read with its size as string or number`() throws {
        let text =
            #"{"url":"https://lookaside.fbsbx.com/x","mime_type":"image/jpeg","sha256":"s","file_size":"303833","id":"1"}"#
        let info = try #require(MediaInfo(try JSONParser.parse(Array(text.utf8))))

        #expect(
            info
                == MediaInfo(
                    id: "1", url: "https://lookaside.fbsbx.com/x", mimeType: "image/jpeg", sha256: "s",
                    fileSize: 303_833))
        #expect(MediaInfo(["id": "1"]) == nil)
    }

    @Test(arguments: [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true),
        ("https://graph.facebook.com/x", true), ("https://scontent.xx.fbcdn.net/x", true),
        ("http://lookaside.fbsbx.com/x", false), ("https://evil.example/x", false),
        ("https://lookaside.fbsbx.com.evil.example/x", false), ("https://evilfbsbx.com/x", false),
        ("https://lookaside.fbsbx.com@evil.example/x", false), ("file:///etc/passwd", false), ("", false),
    ])
    func `the token goes to Meta's hosts only`(url: String, isTrusted: Bool) async throws {
        let http = OutboundClient(logger: Logger(label: "test"))
        let client = GraphClient(graphURL: "https://graph.facebook.com/", apiVersion: "v25.0", http: http)
        let local = GraphClient(graphURL: "http://127.0.0.1:9090", apiVersion: "v25.0", http: http)

        #expect(client.base == "https://graph.facebook.com/v25.0")
        #expect(client.isTrusted(url) == isTrusted)
        #expect(local.isTrusted("http://127.0.0.1:9090/media/1"))
        #expect(!client.isTrusted("http://127.0.0.1:9090/media/1"))
        try await http.shutdown()
    }
}
