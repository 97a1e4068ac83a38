import Crypto
import Foundation
import NIOCore
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct MediaTests {
    private static func upload(
        _ api: TestAPI, _ bytes: [UInt8], type: String = "image/jpeg", product: String = "whatsapp"
    ) async throws -> TestAPI.Reply {
        var body = ByteBuffer()
        for (name, value) in [("messaging_product", product), ("type", type)] {
            body.writeString("--XYZ\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
        }
        body.writeString("--XYZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n")
        body.writeString("Content-Type: \(type)\r\n\r\n")
        body.writeBytes(bytes)
        body.writeString("\r\n--XYZ--\r\n")
        return try await api.raw(
            "POST", TestAPI.number + "/media", body, [("Content-Type", "multipart/form-data; boundary=XYZ")])
    }

    @Test func `what is uploaded is downloaded, for five minutes and with the token`() async throws {
        try await TestSandbox.run { api in
            // Line breaks and dashes within the file must not end it.
            let bytes = Array("\r\n--XY\r\n\r\nZ--".utf8) + [0, 255, 13, 10]
            let id = try #require(try await Self.upload(api, bytes).json["id"]?.text)

            let info = try await api.get("/v25.0/\(id)").json
            let address = try #require(info["url"]?.text)
            let file = try await api.get(address)
            let bare = try await api.get(address, token: nil)
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 301])
            let late = try await api.get(address)
            let freshAddress = try #require(try await api.get("/v25.0/\(id)").json["url"]?.text)
            let fresh = try await api.get(freshAddress)

            #expect(Array(file.body.readableBytesView) == bytes)
            #expect(info["sha256"]?.text == SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined())
            #expect(info["file_size"]?.wholeNumber == Int64(bytes.count))
            #expect([file, bare, late, fresh].map(\.status) == [200, 401, 404, 200])
        }
    }

    @Test func `an address cannot be made up`() async throws {
        try await TestSandbox.run { api in
            let id = try #require(try await Self.upload(api, [1, 2, 3]).json["id"]?.text)

            let path = "/whatsapp_business/attachments/?mid=\(id)&ext=9223372036854775807&hash=00"
            let reply = try await api.get(path)

            #expect(reply.status == 404)
        }
    }

    @Test func `uploads last thirty days`() async throws {
        try await TestSandbox.run { api in
            let id = try #require(try await Self.upload(api, [1]).json["id"]?.text)
            _ = try await api.post("/sandbox/clock", ["advance_seconds": JSON(30 * 86_400 + 1)])

            #expect(try await api.get("/v25.0/\(id)").status == 400)
        }
    }

    @Test func `a deleted file is gone`() async throws {
        try await TestSandbox.run { api in
            let id = try #require(try await Self.upload(api, [1]).json["id"]?.text)

            #expect(try await api.call("DELETE", "/v25.0/\(id)", nil).json["success"]?.flag == true)
            #expect(try await api.get("/v25.0/\(id)").status == 400)
        }
    }

    @Test func `an upload that WhatsApp would not carry is refused`() async throws {
        try await TestSandbox.run { api in
            let type = try await Self.upload(api, [1], type: "application/x-msdownload")
            let size = try await Self.upload(api, [UInt8](repeating: 0, count: (5 << 20) + 1))
            let product = try await Self.upload(api, [1], product: "telegram")
            let form = try await api.post(TestAPI.number + "/media", ["file": "x"])

            #expect(try type.json.at("error/code")?.wholeNumber == 100)
            #expect(try size.json.at("error/code")?.wholeNumber == 131_053)
            #expect(try product.json.at("error/code")?.wholeNumber == 100)
            #expect(try form.json.at("error/code")?.wholeNumber == 100)
        }
    }

    @Test func `a file of another kind fails later`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer()
            let id = try #require(try await Self.upload(api, [1], type: "application/pdf").json["id"]?.text)

            let reply = try await api.send(["type": "image", "image": ["id": JSON(id)]])

            #expect(reply.status == 200)
            let status = try #require(try await receiver.statuses(count: 1).first)
            #expect(status.at("errors/0/code")?.wholeNumber == 131_053)
        }
    }

    @Test(arguments: ["image", "audio", "document", "sticker", "video"])
    func `made files are whole and the same for the same seed`(kind: String) {
        let file = SampleMedia.file(kind: kind, seed: "34600111222")
        let bytes = Array(file.bytes.readableBytesView)
        let starts: [String: [UInt8]] = [
            "image": [0xFF, 0xD8, 0xFF, 0xE0], "audio": Array("OggS".utf8), "document": Array("%PDF".utf8),
            "sticker": Array("RIFF".utf8), "video": [0, 0, 0, 28],
        ]

        #expect(Array(bytes.prefix(4)) == starts[kind])
        #expect(bytes == Array(SampleMedia.file(kind: kind, seed: "34600111222").bytes.readableBytesView))
        #expect(MediaKinds.kind(of: file.mimeType) == kind)
        #expect(bytes.count < 64 << 10)
    }
}
