import Domain
import Foundation
import Testing

@Suite struct MessageContentTests {
    static let everyKind: [MessageContent] = [
        .text(TextContent(body: "¿Tienen envío? 😀\n\"sí\"", previewURL: true)),
        .media(MediaContent(kind: .audio, mediaID: "99", mimeType: "audio/ogg; codecs=opus", isVoice: true)),
        .media(
            MediaContent(
                kind: .document, link: "https://example.com/a.pdf", caption: "Factura", filename: "a.pdf",
                storedID: MediaID(rawValue: 12))),
        .location(LocationContent(latitude: 19.432608, longitude: -99.133209, name: "Zócalo")),
        .contacts(
            ContactsContent(cards: [
                ContactCard(
                    formattedName: "Lucía", phones: [.init(phone: "+52 55", waID: "5255")], emails: ["l@ejemplo.mx"])
            ])),
        .reaction(ReactionContent(messageID: "wamid.1", emoji: "👍🏽")),
        .choice(ChoiceContent(kind: .flow, id: "f", title: "Enviado", data: "{\"a\":1}")),
        .order(
            OrderContent(
                catalogID: "c", text: nil,
                items: [.init(productRetailerID: "p", quantity: "2", itemPrice: "19.90", currency: "MXN")])),
        .interactive(
            InteractiveContent(
                header: .text("Menú"), body: "Elija", footer: "Gracias",
                action: .list(button: "Ver", sections: [.init(title: "A", rows: [.init(id: "1", title: "Uno")])]))),
        .interactive(InteractiveContent(body: "¿Sí?", action: .buttons([.init(id: "s", title: "Sí")]))),
        .interactive(InteractiveContent(body: "Sitio", action: .link(text: "Abrir", url: "https://example.com"))),
        .interactive(InteractiveContent(body: "¿Dónde?", action: .locationRequest)),
        .template(
            TemplateContent(
                name: "order", language: "es_MX",
                header: [.init(value: .media(MediaContent(kind: .image, mediaID: "7")))],
                body: [
                    .init(name: "total", value: .currency(fallback: "$10", code: "MXN", amount1000: 10_000)),
                    .init(value: .dateTime(fallback: "lunes")), .init(value: .couponCode("X")),
                ],
                buttons: [.init(subType: "url", index: 0, parameters: [.init(value: .payload("42"))])],
                rendered: "Total $10")),
        .system(SystemContent(kind: "user_changed_number", body: "cambió")),
        .unsupported(UnsupportedContent(kind: "unknown", reason: "131051")),
    ]

    @Test(arguments: everyKind) func `content is the same after being stored as JSON`(content: MessageContent) throws {
        let data = try JSONEncoder().encode(content)
        #expect(try JSONDecoder().decode(MessageContent.self, from: data) == content)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["type"] as? String == content.kind.rawValue)
    }

    @Test func `the samples hold every kind`() {
        #expect(Set(Self.everyKind.map(\.kind)) == Set(MessageContent.Kind.allCases))
    }

    @Test(arguments: everyKind) func `a preview is one short line`(content: MessageContent) {
        #expect(!content.preview.contains { $0.isNewline })
        #expect(content.preview.count <= 160)
    }

    @Test func `a kind that this version does not know is an error, not a guess`() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(MessageContent.self, from: Data(#"{"type":"hologram","body":"x"}"#.utf8))
        }
    }
}
