import Domain
import Foundation
import Testing

@testable import CRM

/// Vectors of the scheme's reference libraries and of HubSpot's guide and client.
struct SignatureVector: Decodable {
    let secret: String?
    let clientSecret: String?
    let id: String?
    let method: String?
    let uri: String?
    let body: String
    let timestampS: String?
    let timestampMs: String?
    let expected: String

    static func named(_ name: String) throws -> Self {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let all = try decoder.decode(
            [String: SignatureVector].self, from: Data(try Fixture.bytes("generic/signature_vectors.json")))
        return try #require(all[name])
    }
}

@Suite struct StandardWebhooksTests {
    private static let names = ["standard_webhooks_reference", "standard_webhooks_computed"]

    private func request(
        _ vector: SignatureVector, signature: String, receivedAt: Timestamp, body: String? = nil
    ) throws -> WebhookRequest {
        WebhookRequest(
            method: "POST", url: "https://x",
            headers: [
                ("Webhook-Id", try #require(vector.id)), ("webhook-timestamp", try #require(vector.timestampS)),
                ("WEBHOOK-SIGNATURE", signature),
            ], body: Array((body ?? vector.body).utf8), receivedAt: receivedAt)
    }

    private func time(_ vector: SignatureVector) throws -> Timestamp {
        Timestamp(seconds: try #require(vector.timestampS.flatMap { Int64($0) }))
    }

    @Test(arguments: names) func `the reference vectors are signed alike`(name: String) throws {
        let vector = try SignatureVector.named(name)
        let secret = try #require(vector.secret.flatMap { StandardWebhooks.Secret($0) })

        let headers = StandardWebhooks(current: secret).headers(
            id: try #require(vector.id), seconds: try #require(vector.timestampS.flatMap { Int64($0) }),
            body: Array(vector.body.utf8))

        #expect(headers.first { $0.0 == "webhook-signature" }?.1 == vector.expected)
    }

    @Test(arguments: names) func `the reference vectors verify, and nothing else does`(name: String) throws {
        let vector = try SignatureVector.named(name)
        let secret = try #require(vector.secret.flatMap { StandardWebhooks.Secret($0) })
        let signer = StandardWebhooks(current: secret)
        let now = try time(vector)

        #expect(try signer.verify(request(vector, signature: vector.expected, receivedAt: now)) == vector.id)
        #expect(
            try signer.verify(request(vector, signature: "v1a,xx v1,AAAA \(vector.expected)", receivedAt: now))
                == vector.id)
        #expect(throws: StandardWebhooks.Problem.wrongSignature) {
            try signer.verify(request(vector, signature: vector.expected, receivedAt: now, body: vector.body + " "))
        }
        #expect(throws: StandardWebhooks.Problem.wrongSignature) {
            try signer.verify(request(vector, signature: "v1,", receivedAt: now))
        }
        #expect(throws: StandardWebhooks.Problem.tooOld) {
            try signer.verify(request(vector, signature: vector.expected, receivedAt: now + .seconds(301)))
        }
        #expect(throws: StandardWebhooks.Problem.tooFarAhead) {
            try signer.verify(request(vector, signature: vector.expected, receivedAt: now - .seconds(301)))
        }
    }

    @Test func `while a secret is changed both sign and either verifies`() throws {
        let old = try #require(StandardWebhooks.Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let new = try #require(StandardWebhooks.Secret("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="))
        let now = Timestamp(seconds: 1_795_167_000)
        let headers = StandardWebhooks(current: new, previous: old).headers(
            id: "a", seconds: 1_795_167_000, body: [1, 2])
        let request = WebhookRequest(method: "POST", url: "", headers: headers, body: [1, 2], receivedAt: now)

        #expect(try StandardWebhooks(current: old).verify(request) == "a")
        #expect(try StandardWebhooks(current: new).verify(request) == "a")
    }

    @Test(arguments: ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_***"])
    func `a secret that is too short or none is refused`(text: String) {
        #expect(StandardWebhooks.Secret(text) == nil)
    }

    @Test func `hostile timestamps are refused, not computed with`() throws {
        let signer = StandardWebhooks(current: try #require(.init("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
        for timestamp in ["", "x", "99999999999999999999", "-9223372036854775808", "9223372036854775807"] {
            let headers = [("webhook-id", "a"), ("webhook-timestamp", timestamp), ("webhook-signature", "v1,x")]
            #expect(throws: StandardWebhooks.Problem.malformedTimestamp) {
                try signer.verify(
                    WebhookRequest(
                        method: "POST", url: "", headers: headers, body: [], receivedAt: Timestamp(milliseconds: .max)))
            }
        }
    }
}

@Suite struct HubSpotSignatureTests {
    private func request(_ vector: SignatureVector, at: Int64? = nil, signature: String? = nil) throws -> WebhookRequest
    {
        let sent = try #require(vector.timestampMs.flatMap { Int64($0) })
        return WebhookRequest(
            method: try #require(vector.method), url: try #require(vector.uri),
            headers: [
                ("x-hubspot-signature-v3", signature ?? vector.expected),
                ("x-hubspot-request-timestamp", String(sent)),
            ], body: Array(vector.body.utf8), receivedAt: Timestamp(milliseconds: at ?? sent))
    }

    @Test(arguments: ["hubspot_v3", "hubspot_v3_computed"])
    func `version 3 verifies within five minutes`(name: String) throws {
        let vector = try SignatureVector.named(name)
        let signature = HubSpotSignature(clientSecret: try #require(vector.clientSecret))
        let sent = try #require(vector.timestampMs.flatMap { Int64($0) })

        try signature.verifyV3(request(vector, at: sent + 299_000))
        #expect(throws: HubSpotSignature.Problem.tooOld) { try signature.verifyV3(request(vector, at: sent + 301_000)) }
        #expect(throws: HubSpotSignature.Problem.wrongSignature) {
            try signature.verifyV3(request(vector, signature: "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Z="))
        }
        #expect(throws: HubSpotSignature.Problem.wrongSignature) {
            try HubSpotSignature(clientSecret: "other").verifyV3(request(vector))
        }
    }

    @Test func `version 3 undoes the escapes that HubSpot undoes`() throws {
        let vector = try SignatureVector.named("hubspot_v3")
        let signature = HubSpotSignature(clientSecret: try #require(vector.clientSecret))
        var escaped = try request(vector)
        escaped.url = "https%3A//www.example.com%2fwebhook_uri"
        try signature.verifyV3(escaped)
    }

    @Test func `version 2 verifies by method, address and body`() throws {
        let vector = try SignatureVector.named("hubspot_v2_get")
        let signature = HubSpotSignature(clientSecret: try #require(vector.clientSecret))
        var request = WebhookRequest(
            method: "GET", url: try #require(vector.uri),
            headers: [("X-HubSpot-Signature", vector.expected), ("X-HubSpot-Signature-Version", "v2")], body: [],
            receivedAt: Timestamp(milliseconds: 0))

        try signature.verifyV2(request)
        request.body = [1]
        #expect(throws: HubSpotSignature.Problem.wrongSignature) { try signature.verifyV2(request) }
    }
}
