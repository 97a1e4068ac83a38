import Testing

@testable import WhatsApp

@Suite struct WebhookSignatureTests {
    // HMAC-SHA256 of the body below with the key "sandbox-secret", computed with openssl.
    private let body = Array(#"{"object":"whatsapp_business_account","entry":[]}"#.utf8)
    private let header = "sha256=ef717a669773ecbf64971d41f843d98ff95ca68581e0c0d6bdd317967857f3df"

    @Test func `the secret that signed is named`() {
        let signature = WebhookSignature(secrets: ["current", "sandbox-secret", "older"])

        #expect(signature.match(header: header, body: body) == 1)
    }

    @Test func `hex is read in either case`() {
        let upper = "sha256=" + header.dropFirst(7).uppercased()

        #expect(WebhookSignature(secrets: ["sandbox-secret"]).match(header: upper, body: body) == 0)
    }

    @Test func `one changed byte is noticed`() {
        var changed = body
        changed[10] ^= 1

        #expect(WebhookSignature(secrets: ["sandbox-secret"]).match(header: header, body: changed) == nil)
    }

    @Test func `a secret that did not sign matches nothing`() {
        #expect(WebhookSignature(secrets: ["sandbox-secret "]).match(header: header, body: body) == nil)
        #expect(WebhookSignature(secrets: []).match(header: header, body: body) == nil)
    }

    @Test func `an empty secret accepts nothing, not even its own signature`() {
        // HMAC-SHA256 of the body with an empty key.
        let empty = "sha256=704eb71c28bbe7c091ca5b8f9446c2bceec023435f33ff17e7fb9634d46333bc"

        #expect(WebhookSignature(secrets: [""]).match(header: empty, body: body) == nil)
    }

    @Test func `a header of another form is refused`() {
        let signature = WebhookSignature(secrets: ["sandbox-secret"])
        let digits = String(header.dropFirst(7))

        for wrong in [
            nil, "", "sha256=", digits, "sha1=\(digits)", "sha256=\(digits)0", "sha256=\(digits.dropLast())",
            "SHA256=\(digits)", "sha256=" + String(repeating: "g", count: 64),
            "sha256=" + String(repeating: "é", count: 32),
        ] {
            #expect(signature.match(header: wrong, body: body) == nil)
        }
    }

    @Test func `bytes that do not lie in one piece are checked as well`() {
        let pieces = [body.prefix(9), body.dropFirst(9)].joined()

        #expect(WebhookSignature(secrets: ["sandbox-secret"]).match(header: header, body: pieces) == 0)
    }

    @Test func `Meta's question is answered with its challenge when the token is ours`() {
        func answer(_ mode: String?, _ token: String?, _ challenge: String?, ours: String = "token") -> String? {
            WebhookSubscription.challenge(mode: mode, token: token, challenge: challenge, verifyToken: ours)
        }

        #expect(answer("subscribe", "token", "1158201444") == "1158201444")
        #expect(answer("subscribe", "Token", "1") == nil)
        #expect(answer("unsubscribe", "token", "1") == nil)
        #expect(answer("subscribe", nil, "1") == nil)
        #expect(answer("subscribe", "token", nil) == nil)
        #expect(answer("subscribe", "", "1", ours: "") == nil)
        #expect(answer("subscribe", "token", String(repeating: "1", count: 1025)) == nil)
    }
}
