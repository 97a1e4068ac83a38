import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

/// What is said of a webhook before its body is read.
@Suite struct WebhookAdmissionTests {
    private func head(_ query: String = "", _ headers: [(String, String)] = []) -> WebhookRequest {
        WebhookRequest(
            method: "POST", url: "https://bridge.example.com/webhooks/crm/x" + query, headers: headers, body: [],
            receivedAt: morning)
    }

    /// Why it was turned away; nil when it was let in.
    private func refusal(_ connector: any Connector, _ head: WebhookRequest) -> String? {
        do throws(PuenteError) {
            try connector.admitWebhook(head)
            return nil
        } catch {
            #expect(error.code == .unauthorized)
            return error.detail
        }
    }

    @Test func `Odoo is told by the secret in its address`() async throws {
        try await withClient { client in
            let connector = try odoo("http://127.0.0.1:1", client, webhookSecret: "0123456789abcdef")

            #expect(refusal(connector, head("?x=1&secret=0123456789abcdef")) == nil)
            #expect(refusal(connector, head("?secret=0123456789abcdeg")) == "wrong_secret")
            #expect(refusal(connector, head()) == "wrong_secret")
            #expect(refusal(try odoo("http://127.0.0.1:1", client), head("?secret=")) == "no_webhook_secret")
        }
    }

    @Test func `of Zoho nothing is known before its body, except that it may call`() async throws {
        try await withClient { client in
            let open = try zoho("http://127.0.0.1:1", client, notificationToken: "a-token-of-our-own")

            #expect(refusal(open, head()) == nil)
            #expect(refusal(try zoho("http://127.0.0.1:1", client), head()) == "no_webhook_secret")
        }
    }

    @Test func `HubSpot signs in a header of either version`() async throws {
        try await withClient { client in
            let connector = try hubSpot("http://127.0.0.1:1", client, secret: "s")

            #expect(refusal(connector, head("", [("x-hubspot-signature-v3", "x")])) == nil)
            #expect(refusal(connector, head("", [("X-HubSpot-Signature", "x")])) == nil)
            #expect(refusal(connector, head("", [("X-Hub-Signature-256", "x")])) == "missingHeader")
            let unsigned = try hubSpot("http://127.0.0.1:1", client)
            #expect(refusal(unsigned, head("", [("X-HubSpot-Signature", "x")])) == "no_client_secret")
        }
    }
}
