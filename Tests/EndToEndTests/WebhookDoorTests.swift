import Crypto
import Foundation
import Glibc
import Pipeline
import Testing

@testable import puente

/// What says that it is signed by the Standard Webhooks scheme.
private let signed = "webhook-id: e1\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,x\r\n"

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
    func `webhooks that are announced and do not come take no room from those that do`() async throws {
        try await Installation.run(
            Installation.Options(adjustPlan: {
                $0.intake.maxBodiesInFlight = 1
                $0.intake.maxBytesInFlight = 3 << 20
            })
        ) { puente async throws in
            // By the short way in and by the router's.
            let slow = try [200 << 10, 3 << 20].flatMap { length in
                try (0..<15).map { _ in try Self.halfAWebhook(to: puente.url, length: length, body: "{") }
            }
            for _ in 0..<5 { _ = try await puente.call("GET", "\(puente.url)/health/live") }

            #expect(try await puente.post(Array(Self.body.utf8)) == 200)
            slow.forEach { $0.close() }
        }
    }

    @Test
    func `what arrives in pieces has a bound of its own, and a connection that goes away gives its share back`()
        async throws
    {
        try await Installation.run(
            Installation.Options(adjustPlan: {
                $0.intake.maxBytesInFlight = 16_384
                $0.intake.maxBodyBytes = 8192
            })
        ) { puente async throws in
            let much = String(repeating: " ", count: 6000)
            // Whichever of the two is read last.
            try await puente.until("what is here of both is too much") {
                let two = try (0..<2).map { _ in try Self.halfAWebhook(to: puente.url, length: 8000, body: much) }
                defer { two.forEach { $0.close() } }
                let answers = try two.flatMap { try $0.read(until: 1, patience: .milliseconds(300)) }
                return answers.map(\.status) == [503]
            }
            #expect(try await puente.post(Array(Self.body.utf8)) == 200)

            try await puente.until("there is room again") {
                let third = try Self.halfAWebhook(to: puente.url, length: 8000, body: much)
                defer { third.close() }
                return try third.read(until: 1, patience: .milliseconds(300)).isEmpty
            }
        }
    }

    @Test(arguments: ["", "X-Hub-Signature-256: sha256=abc\r\n"])
    func `nothing is read of a webhook without a signature`(header: String) async throws {
        try await Installation.run { puente async throws in
            let wire = try Wire(to: puente.url)

            try wire.write("POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\n\(header)Content-Length: 3000000\r\n\r\n{")

            #expect(try wire.read(until: 1, patience: .seconds(5)).map(\.status) == [401])
        }
    }

    @Test(arguments: [
        ("own", signed, 2 << 20, 413), ("own", signed, 2, 401), ("own", "", 2, 401),
        ("own", "webhook-signature: v1,x\r\n", 2 << 20, 401), ("nobody", signed, 2, 404),
    ])
    func `a CRM's webhook is turned away before it is read where that can be, and counted`(
        name: String, header: String, length: Int, status: Int
    ) async throws {
        try await Installation.run(Installation.Options(crm: "own")) { puente async throws in
            let wire = try Wire(to: puente.url)
            // Whole where its signature has to be looked at.
            let body = length == 2 && status == 401 && !header.isEmpty ? "{}" : ""

            try wire.write(
                "POST /webhooks/crm/\(name) HTTP/1.1\r\nHost: x\r\n\(header)Content-Length: \(length)\r\n\r\n\(body)")

            #expect(try wire.read(until: 1, patience: .seconds(5)).map(\.status) == [status])
            let figures = try await puente.call("GET", "\(puente.url)/metrics").body
            let counted = { (connection: String, reason: String) in
                "puente_crm_webhooks_refused_total{connection=\"\(connection)\",reason=\"\(reason)\"}"
            }
            switch status {
            case 413: #expect(figures.contains(counted("own", "too_large")))
            case 401: #expect(figures.contains(counted("own", "signature")))
            default: #expect(!figures.contains("connection=\"nobody\""))
            }
        }
    }

    private static func halfAWebhook(to url: String, length: Int, body: String) throws -> Wire {
        let wire = try Wire(to: url)
        let signature = String(repeating: "0", count: 64)
        try wire.write(
            "POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=\(signature)\r\n"
                + "Content-Length: \(length)\r\n\r\n\(body)")
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
    }

    func close() { Glibc.close(socket) }

    func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Unexpected("the connection took less than was written")
        }
    }

    /// Reads so many answers, each with a `Content-Length`; fewer when nothing comes for so long.
    func read(until count: Int, patience: Duration = .seconds(20)) throws -> [Answer] {
        let (seconds, fraction) = patience.components
        var timeout = timeval(tv_sec: Int(seconds), tv_usec: Int(fraction / 1_000_000_000_000))
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
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
            if received < 0, errno == EAGAIN { return answers }
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
