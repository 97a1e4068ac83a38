import Foundation
import Store
import Testing

@testable import puente

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
    func `what a second app of the account signs is taken, and what an app of nobody's account signs is shown`()
        async throws
    {
        var options = Installation.Options()
        options.adjustPlan = { plan in
            plan.provision.apps["partner"] = .init(
                appID: "2", secret: "partner-secret", previousSecret: nil, verifyToken: "v")
            plan.provision.apps["stranger"] = .init(
                appID: "3", secret: "stranger-secret", previousSecret: nil, verifyToken: "v")
            guard let number = plan.provision.numbers["main"] else { return }
            plan.provision.numbers["main"] = .init(
                app: "main", alsoApps: ["partner"], phoneNumberID: number.phoneNumberID, wabaID: number.wabaID,
                portfolioID: number.portfolioID, displayNumber: number.displayNumber, accessToken: number.accessToken)
        }
        try await Installation.run(options) { puente async throws in
            let texts = ["one", "two"].map { name in
                let text = String(decoding: Self.text, as: UTF8.self)
                return Array(
                    text.replacing("999", with: "106540352242922").replacing(
                        "\"id\":\"1\"", with: "\"id\":\"102290129340398\""
                    )
                    .replacing("wamid.X", with: "wamid.\(name)").utf8)
            }
            #expect(try await puente.post(texts[0], secret: "partner-secret") == 200)
            #expect(try await puente.post(texts[1], secret: "stranger-secret") == 200)

            try await puente.until("both are interpreted") {
                try await puente.count("SELECT COUNT(*) FROM intake WHERE state = 'interpreted'") == 2
            }
            #expect(try await puente.count("SELECT COUNT(*) FROM message WHERE wamid = 'wamid.one'") == 1)
            #expect(try await puente.count("SELECT COUNT(*) FROM message") == 1)
            #expect(try await puente.count("SELECT COUNT(*) FROM unrouted WHERE reason = 'signedByAnotherApp'") == 1)
        }
    }

    @Test
    func `an own system at an address that is never called pauses its connection with a sentence`() async throws {
        var options = Installation.Options()
        options.crm = "own"
        options.adjustPlan = { plan in
            guard let own = plan.provision.connections["own"] else { return }
            plan.provision.connections["own"] = .init(
                kind: own.kind, baseURL: "http://169.254.169.254/own", settings: own.settings, secrets: own.secrets)
        }
        try await Installation.run(options) { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")

            try await puente.until("the alarm is raised") {
                try await puente.count("SELECT COUNT(*) FROM alarm WHERE kind = 'paused' AND text LIKE '%puente.yaml%'")
                    == 1
            }
            #expect(try await puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0)
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
