import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct SalesforceFailureTests {
    private func failure(
        _ status: Int, body: [UInt8] = [], headers: [(String, String)] = [],
        effect: SalesforceFailure.Effect = .repeatable
    ) -> CallFailure {
        SalesforceFailure(secrets: ["hidden-token"], effect: effect)
            .failure(OutboundResponse(status: status, headers: headers, body: body))
    }

    @Test(
        "each refusal has its kind and its scope",
        arguments: [
            (400, "error_required.400", CallFailure.Kind.permanent, "REQUIRED_FIELD_MISSING", PauseScope.message),
            (400, "error_lock.400", .transient, "UNABLE_TO_LOCK_ROW", .message),
            (400, "error_duplicate_value.400", .permanent, "record-conflict", .message),
            (400, "error_duplicates_detected.400", .permanent, "DUPLICATES_DETECTED", .message),
            (401, "error_session.401", .accountWide, "INVALID_SESSION_ID", .credential),
            (403, "error_limit.403", .throttled(retryAfter: .minutes(15)), "REQUEST_LIMIT_EXCEEDED", .connection),
            (404, "error_not_found.404", .accountWide, "NOT_FOUND", .connection),
            (404, "error_deleted.404", .permanent, "record-gone", .message),
        ])
    func documented(status: Int, fixture: String, kind: CallFailure.Kind, code: String, scope: PauseScope) throws {
        let failure = failure(status, body: try Fixture.bytes("salesforce/\(fixture).json"))
        #expect(failure.kind == kind)
        #expect(failure.code == code)
        #expect(failure.scope == scope)
        #expect(!failure.advice.en.isEmpty && !failure.advice.es.isEmpty && failure.advice.en != failure.advice.es)
    }

    @Test(
        "answers without a body have their status",
        arguments: [
            (302, CallFailure.Kind.accountWide, CallFailure.Kind.accountWide), (400, .permanent, .permanent),
            (404, .accountWide, .accountWide),
            (429, .throttled(retryAfter: .seconds(10)), .throttled(retryAfter: .seconds(10))),
            (500, .transient, .unknown), (502, .transient, .unknown), (503, .transient, .transient),
        ])
    func bare(status: Int, repeatable: CallFailure.Kind, once: CallFailure.Kind) {
        #expect(failure(status).kind == repeatable)
        #expect(failure(status, effect: .once).kind == once)
    }

    @Test func `too many calls at the same time are another matter than too many a day`() {
        let body = #"[{"message":"ConcurrentRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#
        #expect(failure(403, body: Array(body.utf8)).kind == .throttled(retryAfter: .seconds(5)))
    }

    @Test func `the rule and the records of a duplicate are named in either spelling`() throws {
        let body = try Fixture.text("salesforce/error_duplicates_detected.400.json")
        for text in [body, body.replacing("duplicateResult", with: "duplicateResut")] {
            let advice = failure(400, body: Array(text.utf8)).advice
            #expect(advice.en.contains("0035g00000AbCdEAAV"))
            #expect(advice.es.contains("Standard_Contact_Duplicate_Rule"))
        }
    }

    @Test func `secrets are not repeated`() {
        let body = #"[{"message":"no hidden-token here","errorCode":"INVALID_FIELD"}]"#
        let failure = failure(400, body: Array(body.utf8))
        #expect(!failure.vendorText.contains("hidden-token"))
        #expect(failure.kind == .accountWide)
    }

    @Test func `the token's refusals say what to do`() throws {
        let reader = SalesforceLoginFailure(secret: "s3cret")
        let approved = reader.failure(
            OutboundResponse(status: 400, body: try Fixture.bytes("salesforce/token_error.400.json")))
        let page = reader.failure(OutboundResponse(status: 200 + 204, body: Array("<html>".utf8)))
        #expect(approved.advice.en.contains("pre-authorized"))
        #expect(page.advice.en.contains("My Domain"))
        #expect(reader.failure(OutboundResponse(status: 503)).kind == .transient)
    }

    @Test func `a documented collection is read record by record`() throws {
        let results: [SalesforceResult] = try WireJSON.decode(
            from: try Fixture.bytes("salesforce/collections_upsert.response.200.json"))
        #expect(results.map(\.success) == [true, false])
        #expect(results[1].errors?.first?.code == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
    }

    @Test func `documented records are read`() throws {
        let page: SalesforcePage = try WireJSON.decode(from: try Fixture.bytes("salesforce/query.response.json"))
        let merged: SalesforcePage = try WireJSON.decode(
            from: try Fixture.bytes("salesforce/queryall_merged.response.json"))

        let contact = RemoteContact(SalesforceRecord(page.records[0]))
        #expect(contact.phones == ["+34 600 111 222", "+34600111222"])
        #expect(contact.modifiedAt == Timestamp(milliseconds: 1_795_167_002_000))
        #expect(!page.done)
        let loser = SalesforceRecord(merged.records[0])
        #expect(loser.isDeleted)
        #expect(loser.masterID == "0035g00000AbCdEAAV")
    }
}
