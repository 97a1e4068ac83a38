import Domain
import Testing

@testable import OutboundHTTP

@Suite struct OutboundResponseTests {
    @Test(
        "Retry-After is read as seconds and as a date",
        arguments: [
            ("120", nil, Duration.seconds(120)), (" 0 ", nil, .zero), ("-5", nil, .zero),
            ("99999999999", nil, .days(7)),
            ("Fri, 20 Nov 2026 09:32:00 GMT", "Fri, 20 Nov 2026 09:30:00 GMT", .seconds(120)),
            ("Thu, 01 Mar 2029 00:00:00 GMT", "Wed, 28 Feb 2029 23:59:30 GMT", .seconds(30)),
            ("Fri, 20 Nov 2026 09:30:00 GMT", "Fri, 20 Nov 2026 09:32:00 GMT", .zero),
        ] as [(String, String?, Duration)])
    func retryAfter(value: String, date: String?, expected: Duration) {
        let headers = [("retry-after", value)] + (date.map { [("Date", $0)] } ?? [])
        #expect(OutboundResponse(status: 429, headers: headers).retryAfter == expected)
    }

    @Test(arguments: [
        "soon", "", "Fri, 20 Nov 2026 09:32:00 GMT", "Fri, 20 Foo 2026 09:32:00 GMT", "99999999999999999999",
    ])
    func `a Retry-After that cannot be read, or compared, says nothing`(value: String) {
        #expect(OutboundResponse(status: 429, headers: [("Retry-After", value)]).retryAfter == nil)
    }

    @Test(
        "dates count from 1970",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ])
    func date(text: String, seconds: Int) {
        #expect(HTTPDate.seconds(text) == seconds)
    }
}

@Suite struct TransportFailureTests {
    private func kind(_ failure: TransportFailure, isRepeatable: Bool) -> CallFailure.Kind {
        failure.callFailure(isRepeatable: isRepeatable, scope: .number, destination: "Meta").kind
    }

    @Test func `only what may be repeated turns an unknown outcome into a retry`() {
        #expect(kind(.unknown(""), isRepeatable: true) == .transient)
        #expect(kind(.unknown(""), isRepeatable: false) == .unknown)
        #expect(kind(.responseTooLarge, isRepeatable: false) == .unknown)
        #expect(kind(.responseTooLarge, isRepeatable: true) == .permanent)
    }

    @Test func `what certainly did not leave is never unknown`() {
        #expect(kind(.unreachable(""), isRepeatable: false) == .unreachable)
        #expect(kind(.notSent(""), isRepeatable: false) == .transient)
        #expect(kind(.addressRefused(.privateNetwork), isRepeatable: false) == .accountWide)
    }

    @Test func `people are told what happened and where`() {
        let failure = TransportFailure.unknown("x").callFailure(
            isRepeatable: false, scope: .number, destination: "Meta")
        #expect(failure.code == "no-answer")
        #expect(failure.scope == .number)
        #expect(failure.advice.en.contains("Meta"))
        #expect(failure.advice.es.contains("Meta"))
    }
}

@Suite struct RedactionTests {
    @Test(
        "addresses lose what may be secret",
        arguments: [
            (
                "https://graph.facebook.com/v25.0/1/messages?access_token=EAAG123",
                "https://graph.facebook.com/v25.0/1/messages?access_token=…"
            ),
            ("https://user:secret@example.com/a#frag", "https://example.com/a"),
            ("https://hooks.example.com/catch/0aB1cD2eF3gH4iJ5kL6mN7/x", "https://hooks.example.com/catch/…/x"),
            (
                "http://127.0.0.1:9090/hubspot/crm/objects/2026-09/contacts",
                "http://127.0.0.1:9090/hubspot/crm/objects/2026-09/contacts"
            ),
        ])
    func url(given: String, expected: String) {
        #expect(Redaction.url(given) == expected)
    }

    @Test func `texts lose known secrets, bearer tokens and what looks like one`() {
        let text = Redaction.text(
            "Token pat-na1-secret was sent as Bearer abc and EAAGm0PX4ZCpsBAKZCZAq7 failed\nat once",
            secrets: ["pat-na1-secret"])
        #expect(text == "Token [redacted] was sent as Bearer [redacted] and [redacted] failed at once")
    }

    @Test func `the id that Meta's support asks for is kept, where it says so`() {
        let text = Redaction.text("Failed; fbtrace_id AbR1Cw2Xk9PqLm3NzT5vY7d EAAGm0PX4ZCpsBAKZCZAq7")
        #expect(text == "Failed; fbtrace_id AbR1Cw2Xk9PqLm3NzT5vY7d [redacted]")
    }

    @Test func `the vendor's trace ids and sentences stay`() {
        let text = "Contact already exists. Existing ID: 512 (trace c033cdaa-2c40-4a64-ae48-b4cec88dad24)"
        #expect(Redaction.text(text) == text)
        #expect(Redaction.text(String(repeating: "word ", count: 500), limit: 20).count == 20)
    }
}
