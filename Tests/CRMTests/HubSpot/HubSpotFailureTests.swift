import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct HubSpotFailureTests {
    private func failure(
        _ status: Int, _ fixture: String? = nil, headers: [(String, String)] = [],
        effect: HubSpotFailure.Effect = .repeatable
    ) throws -> CallFailure {
        let body = try fixture.map { try Fixture.bytes("hubspot/\($0).json") } ?? []
        return HubSpotFailure(secrets: ["pat-na1-secret"], effect: effect)
            .failure(OutboundResponse(status: status, headers: headers, body: body))
    }

    @Test(
        "each refusal has its kind and its scope",
        arguments: [
            (400, "error_validation.400", CallFailure.Kind.permanent, "field-unknown", PauseScope.message),
            (401, "error_auth.401", .accountWide, "INVALID_AUTHENTICATION", .credential),
            (403, "error_scope.403", .accountWide, "MISSING_SCOPES", .credential),
            (404, "error_not_found.404", .permanent, "record-gone", .message),
            (409, "error_conflict.409", .permanent, "record-conflict", .message),
            (429, "error_rate_limit.429", .throttled(retryAfter: .seconds(10)), "TEN_SECONDLY_ROLLING", .connection),
            (429, "error_rate_limit_daily.429", .throttled(retryAfter: .minutes(15)), "DAILY", .connection),
        ])
    func documented(status: Int, fixture: String, kind: CallFailure.Kind, code: String, scope: PauseScope) throws {
        let failure = try failure(status, fixture)
        #expect(failure.kind == kind)
        #expect(failure.code == code)
        #expect(failure.scope == scope)
        #expect(!failure.advice.en.isEmpty && !failure.advice.es.isEmpty && failure.advice.en != failure.advice.es)
    }

    @Test(
        "answers without a body have their status",
        arguments: [
            (400, CallFailure.Kind.permanent, CallFailure.Kind.permanent), (302, .accountWide, .accountWide),
            (404, .accountWide, .accountWide),
            (414, .permanent, .permanent),
            (423, .throttled(retryAfter: .seconds(2)), .throttled(retryAfter: .seconds(2))),
            (477, .throttled(retryAfter: .hours(1)), .throttled(retryAfter: .hours(1))), (500, .transient, .unknown),
            (502, .transient, .unknown), (503, .transient, .transient), (504, .transient, .unknown),
            (520, .transient, .unknown),
            (521, .transient, .transient), (523, .transient, .transient), (524, .transient, .unknown),
        ])
    func bare(status: Int, repeatable: CallFailure.Kind, once: CallFailure.Kind) throws {
        #expect(try failure(status).kind == repeatable)
        #expect(try failure(status, effect: .once).kind == once)
        #expect(try failure(status).scope == (status == 400 || status == 414 ? .message : .connection))
    }

    @Test func `the vendor's own waiting time is believed`() throws {
        #expect(try failure(477, headers: [("Retry-After", "86400")]).kind == .throttled(retryAfter: .hours(24)))
        #expect(try failure(503, headers: [("Retry-After", "7")]).kind == .throttled(retryAfter: .seconds(7)))
        let interval = [("X-HubSpot-RateLimit-Interval-Milliseconds", "4000")]
        #expect(
            try failure(429, "error_rate_limit.429", headers: interval).kind == .throttled(retryAfter: .seconds(4)))
    }

    @Test func `the missing scopes and the other record are named to the operator`() throws {
        #expect(try failure(403, "error_scope.403").vendorText.contains("crm.objects.contacts.write"))
        #expect(try failure(409, "error_conflict.409").vendorText.hasSuffix("Existing ID: 512"))
    }

    @Test func `the token is never in a failure`() {
        let body = Array(#"{"message":"Bad token pat-na1-secret","category":"INVALID_AUTHENTICATION"}"#.utf8)
        let failure = HubSpotFailure(secrets: ["pat-na1-secret"], effect: .once)
            .failure(OutboundResponse(status: 401, body: body))
        #expect(failure.vendorText == "Bad token [redacted]")
    }

    @Test func `a gateway's page is no reason to stumble`() {
        let failure = HubSpotFailure(secrets: ["x"], effect: .repeatable)
            .failure(OutboundResponse(status: 502, body: Array("<html>".utf8)))
        #expect(failure.kind == .transient)
        #expect(failure.vendorText == "HTTP 502")
    }
}
