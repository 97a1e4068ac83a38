import Domain
import Foundation
import Pipeline
import Store
import Testing

@testable import puente

/// Consent over the wire: asked, given, withdrawn by words and inside WhatsApp, and held to.
@Suite(.serialized)
struct ConsentTests {
    private static let phone = "34600111222"

    private func contact(_ puente: Installation) async throws -> ContactID {
        try await puente.customer(Self.phone, writes: "Hola")
        try await puente.until("the customer is known") {
            try await puente.count("SELECT COUNT(*) FROM contact") == 1
        }
        try await puente.untilOffersAreKnown()
        return ContactID(rawValue: Int64(try await puente.count("SELECT id FROM contact")))
    }

    /// The gate's word on a promotion; nil when it was taken on.
    private func offer(_ puente: Installation) async throws -> String? { try await puente.offer(to: Self.phone) }

    private func sent(_ text: String, _ puente: Installation) async throws -> Bool {
        try await puente.call("GET", "\(puente.sandbox)/sandbox/messages").body.contains(text)
    }

    private func isWithdrawn(_ puente: Installation) async throws -> Bool {
        try await puente.count("SELECT COUNT(*) FROM consent WHERE purpose = 'marketing' AND standing = 'withdrawn'")
            == 1
    }

    @Test
    func `a customer is asked, says yes by the button, gets the promotion, and says BAJA`() async throws {
        try await Installation.run { puente async throws in
            let contact = try await contact(puente)
            #expect(try await offer(puente) == "marketing_without_consent")

            let asked = try await puente.store.askForConsent(contact, actor: "Ana", in: puente.workspace)
            puente.server.parts.wakeBoard.ring(asked.message.lanes)
            try await puente.until("the question is at Meta") {
                try await puente.count(
                    "SELECT COUNT(*) FROM message WHERE id = \(asked.message.message.rawValue) AND wamid IS NOT NULL")
                    == 1
            }
            let question = try await puente.store.message(asked.message.message, in: puente.workspace)
            let button = OptInButton(optIn: asked.optIn, isYes: true).id
            let wamid = try #require(question?.wamid)
            try await puente.call(
                "POST", "\(puente.sandbox)/sandbox/customers/\(Self.phone)/messages",
                body: """
                    {"interactive": {"type": "button_reply", "button_reply": {"id": "\(button)", "title": "Sí, quiero"}},
                     "context": {"id": "\(wamid)"}}
                    """)
            try await puente.until("the yes is confirmed") {
                try await puente.count("SELECT COUNT(*) FROM consent WHERE standing = 'granted' AND is_double = 1") == 1
            }
            #expect(try await offer(puente) == nil)
            try await puente.until("the promotion is sent") { try await sent("oferta_temporada", puente) }

            // WhatsApp tells times by the second.
            try await Task.sleep(for: .seconds(1))
            try await puente.customer(Self.phone, writes: "¡Baja!")
            try await puente.until("the withdrawal is confirmed") {
                try await sent("no le enviaremos más promociones", puente)
            }
            #expect(try await isWithdrawn(puente))
            #expect(try await offer(puente) == "marketing_withdrawn")
        }
    }

    @Test
    func `what a customer stops inside WhatsApp stops here`() async throws {
        try await Installation.run { puente async throws in
            let contact = try await contact(puente)
            try await grant(contact, puente)
            #expect(try await offer(puente) == nil)
            try await puente.call(
                "POST", "\(puente.sandbox)/sandbox/customers/\(Self.phone)/preferences",
                body: #"{"marketing": "stop"}"#)
            try await puente.until("the stop is here") { try await isWithdrawn(puente) }
            #expect(try await offer(puente) == "marketing_withdrawn")
        }
    }

    private func confirmations(_ puente: Installation) async throws -> Int {
        struct Messages: Decodable {
            struct Message: Decodable {
                struct Content: Decodable { let body: String? }
                let content: Content?
            }
            let data: [Message]
        }
        let answer = try await puente.call("GET", "\(puente.sandbox)/sandbox/messages?to=\(Self.phone)")
        let said = try answer.json(Messages.self).data.compactMap(\.content?.body)
        return said.filter { $0.contains("no le enviaremos más promociones") }.count
    }

    private func grant(_ contact: ContactID, _ puente: Installation) async throws {
        try await puente.store.recordConsent(
            ConsentEntryDraft(
                contact: contact, purpose: .marketing, change: .granted, source: .form, words: "Sí",
                at: puente.store.now() - .minutes(5), actor: "Ana"), in: puente.workspace)
    }

    @Test
    func `a STOP that Meta delivers twice, and the same word again, is confirmed once`() async throws {
        try await Installation.run { puente async throws in
            let contact = try await contact(puente)
            try await grant(contact, puente)
            try await puente.call(
                "PUT", "\(puente.sandbox)/sandbox/faults",
                body: #"{"faults":[{"target":"webhooks","kind":"duplicate"}]}"#)
            try await puente.customer(Self.phone, writes: "STOP")
            try await puente.until("it is withdrawn") { try await isWithdrawn(puente) }
            try await puente.customer(Self.phone, writes: "stop")
            try await puente.customer(Self.phone, writes: "Gracias")
            try await puente.until("all is here") {
                try await puente.count("SELECT COUNT(*) FROM message WHERE is_inbound = 1") == 4
            }
            try await puente.until("it is confirmed") { try await confirmations(puente) > 0 }
            try await puente.until("nothing waits") {
                try await puente.count(
                    "SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state NOT IN ('completed', 'discarded')")
                    == 0
            }
            #expect(try await confirmations(puente) == 1)
            #expect(try await puente.count("SELECT COUNT(*) FROM consent_entry WHERE change = 'withdrawn'") == 1)
        }
    }

    @Test
    func `the stop button of a promotion withdraws, and what WhatsApp turns down with 131050 does too`() async throws {
        for isButton in [true, false] {
            try await Installation.run { puente async throws in
                let contact = try await contact(puente)
                try await grant(contact, puente)
                if isButton {
                    try await puente.call(
                        "POST", "\(puente.sandbox)/sandbox/customers/\(Self.phone)/messages",
                        body: #"{"button": {"payload": "stop", "text": "Detener promociones"}}"#)
                } else {
                    // WhatsApp knows of a stop that Puente has not heard of.
                    try await puente.call(
                        "PUT", "\(puente.sandbox)/sandbox/faults",
                        body: #"{"faults":[{"target":"webhooks","kind":"drop_request","count":1}]}"#)
                    try await puente.call(
                        "POST", "\(puente.sandbox)/sandbox/customers/\(Self.phone)/preferences",
                        body: #"{"marketing": "stop"}"#)
                    try await puente.call("PUT", "\(puente.sandbox)/sandbox/faults", body: #"{"faults":[]}"#)
                    #expect(try await offer(puente) == nil)
                }
                try await puente.until("it is withdrawn") { try await isWithdrawn(puente) }
                try await puente.until("it is confirmed") { try await confirmations(puente) == 1 }
                #expect(try await offer(puente) == "marketing_withdrawn")
            }
        }
    }
}
