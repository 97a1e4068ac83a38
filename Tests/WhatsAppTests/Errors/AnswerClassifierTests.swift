import OutboundHTTP
import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct AnswerClassifierTests {
    private func failure(
        _ status: Int, _ body: String, headers: [(String, String)] = [], call: GraphCall = .send,
        token: String = "TOKEN"
    ) -> CallFailure {
        AnswerClassifier(call: call, token: token)
            .failure(for: OutboundResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    private func envelope(_ code: Int, _ more: String = "") -> String {
        #"{"error":{"message":"(#\#(code)) Something","type":"OAuthException","code":\#(code)\#(more)}}"#
    }

    @Test(arguments: [
        (131026, 400), (131047, 400), (131049, 400), (131050, 400), (130472, 400), (131009, 400), (100, 400),
        (131008, 400),
        (132000, 400), (132001, 404), (132012, 400), (132015, 400), (131053, 400), (131062, 400), (131030, 400),
        (3, 500),
    ])
    func `what will never go is permanent, whatever the status`(code: Int, status: Int) {
        for status in [status, 400, 500] {
            let failure = failure(status, envelope(code))
            #expect(failure.kind == .permanent)
            #expect(failure.code == "\(code)")
        }
    }

    @Test(arguments: [
        (0, 401, PauseScope.credential), (190, 401, .credential), (10, 403, .credential), (200, 403, .credential),
        (294, 403, .credential), (131005, 403, .credential), (368, 403, .waba), (131031, 403, .waba),
        (131042, 400, .waba),
        (133010, 400, .number), (131045, 500, .number), (131037, 400, .number),
    ])
    func `what stops everything names what it stops`(code: Int, status: Int, scope: PauseScope) {
        let failure = failure(status, envelope(code))

        #expect(failure.kind == .accountWide)
        #expect(failure.scope == scope)
    }

    @Test(arguments: [
        (4, PauseScope.app, Duration.minutes(5)), (80007, .waba, .minutes(5)), (130429, .number, .seconds(2)),
        (131056, .pair, .seconds(4)), (131048, .number, .hours(3)), (131057, .number, .minutes(1)),
    ])
    func `each limit waits in a scope of its own`(code: Int, scope: PauseScope, wait: Duration) {
        for status in [400, 429] {
            let failure = failure(status, envelope(code))
            #expect(failure.kind == .throttled(retryAfter: wait))
            #expect(failure.scope == scope)
        }
    }

    @Test func `a wait that the answer names wins over ours`() {
        let usage = #"{"102290129340398":[{"type":"messages","call_count":100,"estimated_time_to_regain_access":19}]}"#

        #expect(
            failure(400, envelope(80007), headers: [("X-Business-Use-Case-Usage", usage)]).kind
                == .throttled(retryAfter: .minutes(19)))
        #expect(failure(400, envelope(4), headers: [("Retry-After", "7")]).kind == .throttled(retryAfter: .seconds(7)))
        for odd in ["", "{", "[]", #"{"a":[{"estimated_time_to_regain_access":0}]}"#, #"{"a":7}"#] {
            #expect(
                failure(400, envelope(4), headers: [("x-business-use-case-usage", odd)]).kind
                    == .throttled(retryAfter: .minutes(5)))
        }
        let long = #"{"a":[{"estimated_time_to_regain_access":9223372036854775807}]}"#
        #expect(
            failure(400, envelope(4), headers: [("X-Business-Use-Case-Usage", long)]).kind
                == .throttled(retryAfter: .minutes(1440)))
    }

    @Test(arguments: [(2, 503), (131016, 500), (131000, 500), (133004, 503), (2, 500), (131000, 400), (1, 400)])
    func `Meta's word that it did not send is transient`(code: Int, status: Int) {
        #expect(failure(status, envelope(code)).kind == .transient)
    }

    @Test func `Meta's own crash may have happened after sending`() {
        #expect(failure(500, envelope(1)).kind == .unknown)
        #expect(failure(500, envelope(1)).advice == AnswerClassifier.uncertain)
        #expect(failure(500, envelope(1), call: .repeatable).kind == .transient)
    }

    @Test(arguments: [408, 500, 502, 503, 504, 520, 599])
    func `a page instead of an answer may hide a message that was sent`(status: Int) {
        let html = "<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>"

        #expect(failure(status, html).kind == .unknown)
        #expect(failure(status, html).code == "http-\(status)")
        #expect(failure(status, "").kind == .unknown)
        #expect(failure(status, html, call: .repeatable).kind == .transient)
        #expect(failure(status, html, call: .upload).kind == .transient)
    }

    @Test func `a 503 that names a time was said on purpose, and nothing was sent`() {
        #expect(failure(503, "", headers: [("Retry-After", "20")]).kind == .throttled(retryAfter: .seconds(20)))
    }

    @Test(arguments: [
        (401, CallFailure.Kind.accountWide), (403, .permanent), (404, .permanent), (400, .permanent), (302, .permanent),
        (413, .permanent), (429, .throttled(retryAfter: .seconds(30))),
    ])
    func `other answers that are not Meta's JSON`(status: Int, kind: CallFailure.Kind) {
        #expect(failure(status, "no").kind == kind)
    }

    @Test(arguments: [
        #"{"messages":[{"id":"wam"#, "", "<html>", "[]", #"{"error":"odd"}"#, #"{"error":{"message":"no code"}}"#,
    ])
    func `a success that cannot be read may be a message that was sent`(body: String) {
        #expect(failure(200, body).kind == .unknown)
        #expect(failure(200, body).code == "unreadable-answer")
        #expect(failure(200, body, call: .repeatable).kind == .transient)
    }

    @Test func `an envelope that was cut off is judged by its status`() {
        #expect(failure(400, #"{"error":{"code":130"#).kind == .permanent)
        #expect(failure(500, #"{"error":{"code":130"#).kind == .unknown)
    }

    @Test func `a code that nobody knows is an answer all the same`() {
        #expect(failure(400, envelope(987_654)).kind == .permanent)
        #expect(failure(400, envelope(987_654, #","is_transient":true"#)).kind == .transient)
        #expect(failure(429, envelope(987_654)).kind == .throttled(retryAfter: .minutes(1)))
        #expect(failure(400, envelope(987_654)).advice.en.hasSuffix("Meta says: (#987654) Something"))
        #expect(failure(400, envelope(.max)).code == "\(Int.max)")
    }

    @Test func `a crash with a code that nobody knows may have happened after sending`() {
        for more in ["", #","is_transient":true"#] {
            #expect(failure(503, envelope(987_654, more)).kind == .unknown)
            #expect(failure(500, envelope(987_654, more)).advice == AnswerClassifier.uncertain)
            #expect(failure(500, envelope(987_654, more), call: .repeatable).kind == .transient)
        }
    }

    @Test func `an object that is missing stops the number only when the number was called`() {
        let missing = envelope(100, #","error_subcode":33"#)

        #expect(failure(400, missing).kind == .accountWide)
        #expect(failure(400, missing).scope == .number)
        #expect(failure(400, missing, call: .repeatable).kind == .permanent)
        #expect(failure(400, missing, call: .repeatable).scope == .message)
        #expect(failure(400, envelope(100)).scope == .message)
    }

    @Test func `the operator reads details, subcode and trace, but no token`() {
        let body = envelope(
            190,
            #","error_subcode":463,"fbtrace_id":"Az8or2yhqkZfEZ","error_data":{"details":"Malformed access token EAAGsecret1"}"#
        )
        let failure = failure(401, body, token: "EAAGsecret1")

        #expect(failure.vendorText.contains("(#190) Something"))
        #expect(failure.vendorText.contains("subcode 463"))
        #expect(failure.vendorText.contains("Az8or2yhqkZfEZ"))
        #expect(!failure.vendorText.contains("EAAGsecret1"))
        #expect(!failure.advice.en.contains("EAAGsecret1"))
    }

    @Test func `error data may be a plain string`() {
        #expect(
            failure(400, envelope(100, #","error_data":"Param to must be a phone""#)).vendorText
                .contains("Param to must be a phone"))
    }

    @Test func `no answer at all is unknown for a send and repeatable for the rest`() {
        let send = AnswerClassifier(call: .send, token: "TOKEN")
        let read = AnswerClassifier(call: .repeatable, token: "TOKEN")

        #expect(send.failure(for: .unknown("no answer within the deadline")).kind == .unknown)
        #expect(send.failure(for: .unreachable("connection refused")).kind == .unreachable)
        #expect(send.failure(for: .notSent("no free connection")).kind == .transient)
        #expect(send.failure(for: .responseTooLarge).kind == .unknown)
        #expect(read.failure(for: .unknown("no answer within the deadline")).kind == .transient)
        #expect(read.failure(for: .unreachable("connection refused")).kind == .unreachable)
    }

    @Test(arguments: [401, 403, 404, 410])
    func `an address of a file that has ended asks for a new one`(status: Int) {
        #expect(failure(status, "expired", call: .download).kind == .transient)
        #expect(failure(status, "expired", call: .download).scope == .message)
    }
}
