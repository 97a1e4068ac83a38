import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct ZohoFailureTests {
    private func reader(_ effect: ZohoFailure.Effect = .repeatable) -> ZohoFailure {
        ZohoFailure(secrets: ["1000.fake.access"], effect: effect) { .seconds(1) }
    }

    private func failure(
        _ status: Int, _ fixture: String? = nil, effect: ZohoFailure.Effect = .repeatable
    ) throws -> CallFailure {
        let body = try fixture.map { try Fixture.bytes("zoho/\($0).json") } ?? []
        return reader(effect).failure(OutboundResponse(status: status, body: body))
    }

    private func item(_ fixture: String) throws -> CallFailure {
        let answer = try WireJSON.decode(ZohoWriteAnswer.self, from: try Fixture.bytes("zoho/\(fixture).json"))
        return reader().failure(try #require(answer.items.first))
    }

    private func item(code: String, details: String = "{}", message: String = "x") throws -> CallFailure {
        reader().failure(try WireJSON.decode(from: Array(zohoError(code, details, message).utf8)))
    }

    @Test(
        "each refusal has its kind and its scope",
        arguments: [
            (401, "error_token.401", CallFailure.Kind.accountWide, "INVALID_TOKEN", PauseScope.credential),
            (401, "error_scope.401", .accountWide, "OAUTH_SCOPE_MISMATCH", .credential),
            (400, "error_module.400", .accountWide, "INVALID_MODULE", .connection),
            (429, "error_rate.429", .throttled(retryAfter: .seconds(1)), "TOO_MANY_REQUESTS", .connection),
            (400, "coql_error.400", .permanent, "SYNTAX_ERROR", .message),
        ])
    func documented(status: Int, fixture: String, kind: CallFailure.Kind, code: String, scope: PauseScope) throws {
        let failure = try failure(status, fixture)
        #expect(failure.kind == kind)
        #expect(failure.code == code)
        #expect(failure.scope == scope)
        #expect(!failure.advice.en.isEmpty && failure.advice.en != failure.advice.es)
    }

    @Test(
        "answers without a body have their status",
        arguments: [
            (302, CallFailure.Kind.accountWide, CallFailure.Kind.accountWide), (401, .accountWide, .accountWide),
            (404, .accountWide, .accountWide), (413, .permanent, .permanent), (500, .transient, .unknown),
            (502, .transient, .unknown), (503, .transient, .transient),
        ])
    func bare(status: Int, repeatable: CallFailure.Kind, once: CallFailure.Kind) throws {
        #expect(try failure(status).kind == repeatable)
        #expect(try failure(status, effect: .once).kind == once)
    }

    @Test func `a duplicate names the field and the other record`() throws {
        let failure = try item("error_duplicate.400")

        #expect(failure.code == CallFailure.RecordCode.conflict)
        #expect(failure.vendorText.contains("Email") && failure.vendorText.contains("554023000000527002"))
        let newer = try item(
            code: "DUPLICATE_DATA",
            details: #"{"api_name":"Email","duplicate_record":{"id":"77"},"more_records":true}"#)
        #expect(newer.vendorText.contains("record 77"))
        let several = try item(
            code: "MULTIPLE_OR_MULTI_ERRORS",
            details: #"{"errors":[\#(zohoError("INVALID_DATA")),\#(zohoError("DUPLICATE_DATA"))]}"#)
        #expect(several.code == CallFailure.RecordCode.conflict)
    }

    @Test func `records that are not there, wrong values and demands are told apart`() throws {
        let gone = try item(
            code: "INVALID_DATA", details: #"{"id":"1","api_name":"id","json_path":"$.data[0].id"}"#,
            message: "the id given seems to be invalid")
        let parent = try item(code: "INVALID_DATA", details: #"{"json_path":"$.data[0].Parent_Id.id"}"#)
        let wrong = try item("error_invalid_data.400")
        let demanded = try item(code: "MANDATORY_NOT_FOUND", details: #"{"api_name":"Company"}"#)
        let key = try item(code: "INVALID_DATA", details: #"{"api_name":"duplicate_check_fields"}"#)
        let ambiguous = try item(code: "AMBIGUITY_DURING_PROCESSING")

        #expect(gone.code == CallFailure.RecordCode.gone)
        #expect(parent.code == CallFailure.RecordCode.gone)
        #expect(wrong.code == "INVALID_DATA" && wrong.kind == .permanent)
        #expect(wrong.vendorText.contains("expected: email"))
        #expect(demanded.vendorText.contains("Company"))
        #expect(key.kind == .accountWide)
        #expect(ambiguous.code == CallFailure.RecordCode.conflict)
        #expect(ambiguous.advice != gone.advice)
    }

    @Test func `a record that a value names is not the row itself`() throws {
        let owner = try item(
            code: "INVALID_DATA", details: #"{"id":"5","api_name":"id","json_path":"$.data[3].Owner.id"}"#,
            message: "the id given seems to be invalid")
        let account = try item(
            code: "INVALID_DATA", details: #"{"api_name":"Account_Name","json_path":"$.data[0].Account_Name"}"#,
            message: "the id given seems to be invalid")

        #expect([owner, account].map(\.code) == ["field-value", "field-value"])
        #expect([owner, account].allSatisfy { $0.kind == .permanent && $0.scope == .message })
        #expect(owner.advice.en.contains("“Owner” of Zoho"))
        #expect(account.vendorText.contains("the id given seems to be invalid"))
    }

    @Test func `waits grow while Zoho refuses, and end with the next answer`() {
        let meter = ZohoMeter(dailyCredits: nil)
        let refused = OutboundResponse(status: 429)
        var waits: [Duration] = []
        for _ in 0..<9 {
            meter.read(refused, credits: 1)
            waits.append(meter.wait(jitter: 1))
        }
        #expect(waits.prefix(4) == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        #expect(waits.last == .seconds(60))

        meter.read(OutboundResponse(status: 200), credits: 1)
        #expect(meter.wait(jitter: 1) == .seconds(1))
        meter.read(OutboundResponse(status: 429, headers: [("X-API-CREDITS-REMAINING", "0")]), credits: 1)
        #expect(meter.wait(jitter: 1) == .minutes(15))
    }

    @Test func `more credits than anybody has are counted as a great many`() {
        let meter = ZohoMeter(dailyCredits: nil)
        let header = [("X-API-CREDITS-REMAINING", "9223372036854775807")]

        meter.read(OutboundResponse(status: 200, headers: header), credits: 1)

        #expect(meter.headroom(ZohoGate(limit: 4)).dailyLimit == 2_000_000_000)
    }

    @Test func `credits are counted until Zoho tells what is left`() {
        let gate = ZohoGate(limit: 4)
        let counting = ZohoMeter(dailyCredits: 100)
        let told = ZohoMeter(dailyCredits: nil)
        for _ in 0..<3 { counting.read(OutboundResponse(status: 200), credits: 10) }
        #expect(told.headroom(gate).dailyRemaining == nil)
        told.read(OutboundResponse(status: 200, headers: [("X-API-CREDITS-REMAINING", "40")]), credits: 1)
        told.read(OutboundResponse(status: 200, headers: [("X-API-CREDITS-REMAINING", "12")]), credits: 1)

        #expect(counting.headroom(gate).dailyRemaining == 70)
        #expect(told.headroom(gate).dailyLimit == 80)
        #expect(told.headroom(gate).isDailyReserveReached())
        #expect(told.headroom(gate).limit == 4)
    }
}
