import Domain
import OutboundHTTP
import Testing

@testable import WhatsApp
@testable import puente

/// What a person is told about what Meta says of a number.
@Suite struct NumberCheckTests {
    /// Nothing is called in these tests.
    private func withCheck(
        publicURL: String? = "https://puente.example.com", graphURL: String = "https://graph.facebook.com",
        _ body: (NumberCheck) async throws -> Void
    ) async throws {
        let http = OutboundClient(logger: .silent)
        let number = NumberUnderCheck(
            name: "main", phoneNumberID: "1001", wabaID: "2002", displayNumber: "+1 555 078 3881", accessToken: "t",
            app: NumberUnderCheck.App(name: "main", id: "3003", secret: "s", verifyToken: "v"), publicURL: publicURL,
            isMetaSimulated: false)
        let check = NumberCheck(
            number: number, client: GraphClient(graphURL: graphURL, apiVersion: "v25.0", http: http), http: http)
        do {
            try await body(check)
        } catch {
            try await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    private func info(_ changes: String = "") throws -> PhoneNumberInfo {
        let text = """
            {"id": "1001", "display_phone_number": "+1 555-078-3881", "verified_name": "Ejemplo", "status": "CONNECTED",
             "quality_rating": "GREEN", "name_status": "APPROVED", "account_mode": "LIVE"\(changes)}
            """
        // The last of two members with one name counts.
        return try #require(PhoneNumberInfo(try JSONParser.parse(Array(text.utf8))))
    }

    @Test func `a number in order is one line, in the reader's language`() async throws {
        try await withCheck { check in
            let lines = check.numberLines(try info())

            #expect(
                lines.map(\.outcome) == [
                    .passed(
                        LocalizedText(
                            en: "+1 555-078-3881, Ejemplo, quality high", es: "+1 555-078-3881, Ejemplo, calidad alta"))
                ])
        }
    }

    static let findings: [(changes: String, isFailure: Bool, en: String, es: String)] = [
        (#""status": "PENDING""#, true, "is not registered (PENDING)", "no está registrado (PENDING)"),
        (#""status": "BANNED""#, true, "Meta says the number is BANNED", "Meta dice que el número está BANNED"),
        (#""status": "FLAGGED""#, false, "flagged the number for low quality", "marcó el número por baja calidad"),
        (#""name_status": "DECLINED""#, false, "has not approved the display name", "no aprobó el nombre visible"),
        (
            #""name_status": "PENDING_REVIEW""#, false, "still reviewing the display name",
            "aún revisa el nombre visible"
        ),
        (#""account_mode": "SANDBOX""#, false, "a test number of Meta's", "un número de prueba de Meta"),
        (#""quality_rating": "RED""#, false, "block or report the number", "bloquean o reportan el número"),
        (
            #""display_phone_number": "+1 555-000-0000""#, false, "Meta says +1 555-000-0000",
            "Meta dice +1 555-000-0000"
        ),
        (
            #""health_status": {"can_send_message": "BLOCKED", "entities": [{"errors": [{"error_description": "No pay."}]}]}"#,
            true, "Meta lets it send nothing. No pay.", "Meta no le deja enviar nada. No pay."
        ),
    ]

    @Test(arguments: findings)
    func `each thing wrong with a number is a line of its own`(
        changes: String, isFailure: Bool, en: String, es: String
    ) async throws {
        try await withCheck { check in
            let found = check.numberLines(try info(", " + changes)).dropFirst()

            #expect(found.count == 1)
            let (text, hasFailed) = try #require(found.first?.said)
            #expect(hasFailed == isFailure)
            #expect(text.en.contains(en) && text.es.contains(es), "\(text)")
        }
    }

    @Test func `a code that was never confirmed matters until the number is connected`() async throws {
        try await withCheck { check in
            let unverified = #", "code_verification_status": "NOT_VERIFIED""#

            #expect(check.numberLines(try info(unverified)).count == 1)
            let lines = check.numberLines(try info(unverified + #", "status": "PENDING""#))
            #expect(lines.compactMap(\.said).contains { $0.text.en.contains("is not verified") })
        }
    }

    // MARK: Webhooks

    private func subscription(
        _ callback: String, fields: [String], object: String = AppSubscription.whatsApp
    ) throws -> AppSubscription {
        let names = fields.map { "{\"name\": \"\($0)\", \"version\": \"v25.0\"}" }.joined(separator: ",")
        let text = "{\"object\": \"\(object)\", \"callback_url\": \"\(callback)\", \"fields\": [\(names)]}"
        return try #require(AppSubscription(try JSONParser.parse(Array(text.utf8))))
    }

    private static let everyField = [
        "messages", "account_update", "account_alerts", "business_capability_update", "message_template_status_update",
        "message_template_quality_update", "template_category_update", "phone_number_quality_update",
        "phone_number_name_update", "user_preferences",
    ]

    @Test(arguments: [
        "https://puente.example.com/webhooks/whatsapp/main", "https://puente.example.com/webhooks/whatsapp/",
    ])
    func `the address that Meta calls is ours, with the app's name or without`(callback: String) async throws {
        try await withCheck { check in
            let lines = check.webhookLines(
                [try subscription(callback, fields: Self.everyField)], override: nil)

            #expect(lines.count == 1)
            #expect(lines.first?.said?.text.en.hasPrefix("Meta calls https://puente.example.com/") == true)
        }
    }

    @Test func `another address, no address and a diverted number fail with the right one`() async throws {
        try await withCheck { check in
            let right = try subscription("https://puente.example.com/webhooks/whatsapp/main", fields: Self.everyField)
            let wrong = try subscription("https://old.example.com/hook", fields: Self.everyField)
            let ofPages = try subscription("https://puente.example.com/x", fields: ["feed"], object: "page")

            for lines in [
                check.webhookLines([wrong], override: nil), check.webhookLines([ofPages], override: nil),
                check.webhookLines([right], override: "https://old.example.com/hook"),
            ] {
                let (text, hasFailed) = try #require(lines.first?.said)
                #expect(hasFailed && text.en.contains("https://puente.example.com/webhooks/whatsapp/main"))
            }
        }
    }

    @Test func `without the field messages it fails, without another there is a note that names it`() async throws {
        try await withCheck { check in
            let callback = "https://puente.example.com/webhooks/whatsapp/main"
            let none = check.webhookLines([try subscription(callback, fields: ["account_update"])], override: nil)
            let some = check.webhookLines(
                [try subscription(callback, fields: Self.everyField.filter { $0 != "user_preferences" })], override: nil
            )

            #expect(none.first?.said?.hasFailed == true)
            #expect(none.first?.said?.text.en.contains("webhook field messages") == true)
            #expect(some.first?.said?.hasFailed == false)
            #expect(some.first?.said?.text.es.contains("user_preferences") == true)
        }
    }

    @Test func `an address that only this network knows is none for Meta`() async throws {
        try await withCheck(publicURL: "http://127.0.0.1:8080") { check in
            let line = try #require(await check.addressLine()?.said)

            #expect(!line.hasFailed && line.text.en.contains("Meta cannot reach http://127.0.0.1:8080"))
        }
    }
}

extension CheckLine {
    fileprivate var said: (text: LocalizedText, hasFailed: Bool)? {
        switch outcome {
        case .passed(let text), .warned(let text): (text, false)
        case .failed(let cause, _): (cause, true)
        }
    }
}
