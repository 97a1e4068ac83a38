import Crypto
import Foundation
import Glibc
import Pipeline
import Testing

@testable import puente

/// Webhooks as they may come on the wire: in pieces, several on a connection, without a length.
@Suite(.serialized)
struct WebhookDoorTests {
    private static let body = #"{"object":"whatsapp_business_account","entry":[]}"#

    @Test
    func `requests behind a webhook on its connection are answered in their order`() async throws {
        try await Installation.run { puente async throws in
            let wire = try Wire(to: puente.url)
            let live = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"

            try wire.write(Self.webhook() + live + Self.webhook(secret: "wrong") + Self.webhook(app: "/main"))
            let answers = try wire.read(until: 4)

            #expect(answers.map(\.status) == [200, 200, 401, 200])
            #expect(answers[1].body == "ok\n")
            #expect(try await puente.count("SELECT COUNT(*) FROM intake") == 2)
        }
    }

    @Test
    func `a webhook that comes in pieces is stored once it is complete`() async throws {
        try await Installation.run { puente async throws in
            let wire = try Wire(to: puente.url)
            let request = Array(Self.webhook().utf8)

            for piece in [request[..<40], request[40..<(request.count - 10)], request[(request.count - 10)...]] {
                try wire.write(String(decoding: piece, as: UTF8.self))
                _ = try await puente.call("GET", "\(puente.url)/health/live")
            }

            #expect(try wire.read(until: 1).map(\.status) == [200])
            #expect(try await puente.count("SELECT COUNT(*) FROM intake") == 1)
        }
    }

    @Test
    func `a webhook without a length, with a query or for an unknown app takes the router's way`() async throws {
        try await Installation.run { puente async throws in
            let wire = try Wire(to: puente.url)

            try wire.write(Self.webhook(isChunked: true) + Self.webhook(app: "?x=1") + Self.webhook(app: "/nobody"))

            #expect(try wire.read(until: 3).map(\.status) == [200, 200, 401])
            #expect(try await puente.count("SELECT COUNT(*) FROM intake") == 2)
        }
    }

    @Test
    func `a connection that goes away in the middle of a webhook takes no room with it`() async throws {
        try await Installation.run(
            Installation.Options(adjustPlan: { $0.intake.maxBodiesInFlight = 1 })
        ) { puente async throws in
            var gone = try Self.halfAWebhook(to: puente.url)
            // A webhook that is under way when this one arrives would have the only place: then another one is begun.
            try await puente.until("it has taken the only place") {
                for _ in 0..<5 { _ = try await puente.call("GET", "\(puente.url)/health/live") }
                if try await puente.post(Array(Self.body.utf8)) == 503 { return true }
                gone.close()
                gone = try Self.halfAWebhook(to: puente.url)
                return false
            }

            gone.close()

            try await puente.until("there is room again") { try await puente.post(Array(Self.body.utf8)) == 200 }
        }
    }

    private static func halfAWebhook(to url: String) throws -> Wire {
        let wire = try Wire(to: url)
        try wire.write("POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        return wire
    }

    private static func webhook(
        app: String = "", secret: String = "sandbox-secret", isChunked: Bool = false
    ) -> String {
        let digest = HMAC<SHA256>.authenticationCode(
            for: Array(body.utf8), using: SymmetricKey(data: Array(secret.utf8)))
        let signature = digest.map { String(format: "%02x", $0) }.joined()
        let length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.utf8.count)"
        let content = isChunked ? "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n" : body
        return "POST /webhooks/whatsapp\(app) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "X-Hub-Signature-256: sha256=\(signature)\r\n\(length)\r\n\r\n\(content)"
    }
}

/// A plain socket: the client of the other tests writes no two requests at once.
private struct Wire {
    struct Answer {
        let status: Int
        let body: String
    }

    private let socket: Int32

    init(to url: String) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(URL(string: url)?.port ?? 0).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let socket = socket
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Unexpected("nobody listens at \(url)") }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    func close() { Glibc.close(socket) }

    func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Unexpected("the connection took less than was written")
        }
    }

    /// Reads so many answers, each with a `Content-Length`.
    func read(until count: Int) throws -> [Answer] {
        var text = ""
        var answers: [Answer] = []
        var buffer = [UInt8](repeating: 0, count: 16384)
        while answers.count < count {
            if let (answer, rest) = Self.first(in: text) {
                answers.append(answer)
                text = rest
                continue
            }
            let received = recv(socket, &buffer, buffer.count, 0)
            guard received > 0 else { throw Unexpected("after \(answers.count) answers only this came: \(text)") }
            text += String(decoding: buffer[..<received], as: UTF8.self)
        }
        return answers
    }

    private static func first(in text: String) -> (Answer, String)? {
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }.flatMap {
            Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces))
        }
        let rest = text[end.upperBound...]
        guard rest.utf8.count >= length ?? 0 else { return nil }
        let body = String(decoding: rest.utf8.prefix(length ?? 0), as: UTF8.self)
        let status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        return (Answer(status: status, body: body), String(decoding: rest.utf8.dropFirst(length ?? 0), as: UTF8.self))
    }
}
