import Domain

@testable import Console

/// Dead letters and unrouted events, one of each look.
enum WorkSamples {
    static let letters: [DeadLetterFacts] = {
        var letters = plain
        letters[0].refused = .init(
            ours: LocalizedText(en: "E-mail", es: "Correo electrónico"), theirs: "Email", name: "email",
            value: "lucia@@example")
        letters[0].recordURL = "https://app.hubspot.com/contacts/1/record/0-1/51"
        letters[0].mappingURL = "/connections/hubspot/mapping/rows/4"
        return letters
    }()

    private static let plain: [DeadLetterFacts] = [
        DeadLetterFacts(
            id: id(8001), work: .record, destination: "HubSpot", person: InboxSamples.lucia, conversation: id(1),
            content: .text(TextContent(body: "¿Recibió la guía?")), code: "INVALID_EMAIL",
            advice: LocalizedText(
                en: "HubSpot does not accept the contact’s e-mail address. Correct it, and the rest follows.",
                es: "HubSpot no acepta el correo del contacto. Corríjalo y lo demás continuará."),
            vendorText:
                #"Property values were not valid: [{"isValid":false,"message":"Email address lucia@@example is invalid","error":"INVALID_EMAIL","name":"email"}]"#,
            failedAt: ago(.minutes(34)), dueAt: SampleWorld.now + .hours(23), attempts: attempts("INVALID_EMAIL"),
            followers: 7,
            fields: [
                .init(
                    name: "email", label: LocalizedText(en: "E-mail", es: "Correo electrónico"),
                    value: "lucia@@example",
                    error: LocalizedText(en: "This is not an e-mail address.", es: "Esto no es un correo electrónico."))
            ]),
        DeadLetterFacts(
            id: id(8002), work: .uncertain, destination: "+1 555-078-3881", person: InboxSamples.lucia,
            conversation: id(1), content: .text(TextContent(body: "¿Recibió la guía?")), code: "timeout",
            advice: LocalizedText(
                en: "The answer of WhatsApp was lost, so nobody can tell whether it arrived.",
                es: "Se perdió la respuesta de WhatsApp, así que nadie sabe si llegó."),
            vendorText: "", failedAt: ago(.hours(2)), dueAt: SampleWorld.now + .minutes(190),
            attempts: attempts("timeout", count: 1)),
        DeadLetterFacts(
            id: id(8003), work: .send, destination: "+1 555-078-3881",
            person: InboxSamples.person(106, "Sofía Ramírez", "+52 55 7777 8888"), conversation: id(6),
            content: .media(MediaContent(kind: .document, filename: "Cotización 4821.pdf")), code: "131047",
            advice: LocalizedText(
                en: "The customer has not written in the last 24 hours. Send an approved template instead.",
                es: "El cliente no ha escrito en las últimas 24 horas. Envíe una plantilla aprobada."),
            vendorText: "(#131047) Re-engagement message", failedAt: ago(.hours(27)), dueAt: ago(.hours(3)),
            attempts: attempts("131047", count: 1), refusal: .windowClosed),
        DeadLetterFacts(
            id: id(8004), work: .media, destination: "WhatsApp", person: nil, conversation: nil, content: nil,
            code: "http-404",
            advice: LocalizedText(
                en: "WhatsApp no longer offers this file.", es: "WhatsApp ya no ofrece este archivo."),
            vendorText: "<html>Not found</html>", failedAt: ago(.hours(5)), dueAt: SampleWorld.now + .hours(19),
            attempts: attempts("http-404")),
    ]

    static func deadLetters(
        _ world: SampleWorld, _ letters: [DeadLetterFacts] = letters, opened: JobID? = id(8001)
    ) -> DeadLettersPage {
        DeadLettersPage(
            letters, filter: DeadLetterFilter(),
            counts: [.all: letters.count, .crm: 1, .customers: 2, .uncertain: 1, .overdue: 1],
            opened: opened,
            notice: letters.isEmpty ? nil : DeadLettersPage.outcome(of: .retries, count: 3, in: world.context),
            in: world.context)
    }

    private static func attempts(_ code: String, count: Int = 3) -> [DeadLetterFacts.Attempt] {
        (0..<count).map { index in
            .init(at: ago(.minutes(36 - index)), code: code, vendorText: "HTTP 400 · request 0a1b2c3d-\(index)")
        }
    }

    static let unrouted: [UnroutedFacts] = [
        UnroutedFacts(
            id: id(1201), reason: .unknownNumber, field: "messages", subject: "106540352242999", app: "main",
            excerpt:
                #"{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783999","phone_number_id":"106540352242999"},"contacts":[{"profile":{"name":"Ana"}}]}"#,
            receivedAt: ago(.minutes(7))),
        UnroutedFacts(
            id: id(1202), reason: .unknownField, field: "business_agent_update", subject: "102290129340398",
            app: "main",
            excerpt: #"{"event":"AGENT_CREATED","agent":{"id":"77","name":"Asistente"}}"#, receivedAt: ago(.hours(5))),
        UnroutedFacts(
            id: id(1203), reason: .stoppedInterpreter, field: nil, subject: nil, app: "main",
            excerpt: "{\"object\":\"whatsapp_business_account\",\"entry\":[[[[[[[[[[", receivedAt: ago(.days(1))),
        UnroutedFacts(
            id: id(1204), reason: .invalidJSON, field: nil, subject: nil, app: nil,
            excerpt: "<script>alert(1)</script> \u{0} not json", receivedAt: ago(.days(3))),
    ]

    static func unroutedPage(_ world: SampleWorld, _ items: [UnroutedFacts] = unrouted) -> UnroutedPage {
        UnroutedPage(
            items, filter: UnroutedFilter(),
            counts: items.isEmpty
                ? [:] : [.unknownNumber: 8, .unknownField: 2, .stoppedInterpreter: 1, .invalidJSON: 1], older: nil,
            in: world.context)
    }
}
