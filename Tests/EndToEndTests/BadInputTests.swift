import Foundation
import Testing

@Suite(.serialized)
struct BadInputTests {
    private static let text = Array(
        #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"999"},"messages":[{"from":"34600","id":"wamid.X","timestamp":"1780000000","type":"text","text":{"body":"hola"}}]}}]}]}"#
            .utf8)

    @Test
    func `a wrong signature is refused and nothing is stored`() async throws {
        try await Installation.run { puente async throws in
            #expect(try await puente.post(Self.text, secret: "somebody-else") == 401)

            #expect(try await puente.count("SELECT COUNT(*) FROM intake") == 0)
        }
    }

    @Test
    func `a body over three megabytes is refused`() async throws {
        try await Installation.run { puente async throws in
            #expect(try await puente.post(Array(repeating: UInt8(ascii: " "), count: (3 << 20) + 1)) == 413)
        }
    }

    @Test
    func `what is no JSON but rightly signed is kept and shown, and so is an unknown number`() async throws {
        try await Installation.run { puente async throws in
            #expect(try await puente.post(Array("{\"object\":".utf8)) == 200)
            #expect(try await puente.post(Self.text) == 200)

            try await puente.until("both are shown") {
                try await puente.count("SELECT COUNT(*) FROM unrouted WHERE state = 'open'") == 2
            }
            #expect(
                try await puente.count("SELECT COUNT(*) FROM unrouted WHERE reason = 'invalidJSON' AND kind = 'body'")
                    == 1)
            #expect(try await puente.count("SELECT COUNT(*) FROM unrouted WHERE reason = 'unknownNumber'") == 1)
        }
    }

    @Test
    func `the handshake answers the challenge for the right token only`() async throws {
        try await Installation.run { puente async throws in
            let address = "\(puente.url)/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444"

            let right = try await puente.call("GET", "\(address)&hub.verify_token=sandbox-verify")
            let wrong = try await puente.call("GET", "\(address)&hub.verify_token=guess")

            #expect(right.status == 200)
            #expect(right.body == "1158201444")
            #expect(wrong.status == 403)
        }
    }
}
