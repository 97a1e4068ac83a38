import Console
import Domain

extension ThreadSamples {
    static let everyKind: [MessageFacts] =
        Array(everyday.dropLast(2)) + inbound + outbound + unhappy
        + Array(everyday.suffix(2))

    private static let inbound: [MessageFacts] = [
        file(
            20, .customer, MediaContent(kind: .audio, mimeType: "audio/ogg; codecs=opus", isVoice: true), .minutes(50),
            .stored(bytes: 18_400)),
        file(
            21, .customer,
            MediaContent(kind: .document, mimeType: "application/pdf", filename: "Comprobante de pago noviembre.pdf"),
            .minutes(49), .stored(bytes: 2_412_000)),
        file(22, .customer, MediaContent(kind: .sticker, mimeType: "image/webp"), .minutes(49), .stored(bytes: 41_000)),
        image(23, .customer, nil, .minutes(48), .fetching),
        file(
            24, .customer, MediaContent(kind: .video, mimeType: "video/mp4"), .minutes(48),
            .failed(
                LocalizedText(
                    en: "WhatsApp no longer offers this file.", es: "WhatsApp ya no ofrece este archivo."))),
        message(
            25, .customer,
            .location(
                LocationContent(
                    latitude: 19.43261, longitude: -99.13321, name: "Casa", address: "Av. Juárez 50, Centro, CDMX")),
            .minutes(47), record: recorded),
        message(
            26, .customer,
            .contacts(
                ContactsContent(cards: [
                    ContactCard(
                        formattedName: "Lucía Fernández", phones: [.init(phone: "+52 55 1234 5678")],
                        emails: ["lucia@example.com"], organization: "Florería Fernández", origin: "contact_request")
                ])), .minutes(46), record: recorded),
        message(
            27, .customer,
            .order(
                OrderContent(
                    catalogID: "9", text: "Para envolver, por favor",
                    items: [
                        .init(productRetailerID: "BOLSO-AZUL-M", quantity: "1", itemPrice: "1290", currency: "MXN"),
                        .init(productRetailerID: "LISTON-DORADO", quantity: "2", itemPrice: "45.50", currency: "MXN"),
                    ])), .minutes(45), record: recorded),
        message(
            28, .customer, .system(SystemContent(kind: "user_changed_number", body: "Lucía changed her phone number.")),
            .minutes(44)),
        message(
            29, .customer, .unsupported(UnsupportedContent(kind: "poll", reason: "Message type unknown")), .minutes(43)),
    ]

    private static let outbound: [MessageFacts] = [
        message(
            40, .automation(rule: "Entrega"),
            .interactive(
                InteractiveContent(
                    header: .text("Entrega"), body: "¿Cómo prefiere recibir su pedido?", footer: "Ejemplo S.A.",
                    action: .buttons([
                        .init(id: "a", title: "A domicilio"), .init(id: "b", title: "En tienda"),
                    ]))), .minutes(40), status: .read, record: recorded),
        message(
            41, .customer, .choice(ChoiceContent(kind: .button, id: "a", title: "A domicilio")), .minutes(39),
            record: recorded),
        message(
            42, .automation(rule: "Entrega"),
            .interactive(
                InteractiveContent(
                    body: "Elija un horario",
                    action: .list(
                        button: "Ver horarios",
                        sections: [
                            .init(
                                title: "Mañana",
                                rows: [
                                    .init(id: "1", title: "9 a 12 h", description: "Sin costo"),
                                    .init(id: "2", title: "12 a 15 h"),
                                ])
                        ]))), .minutes(38), status: .played, record: recorded),
        message(
            43, .crm(connection: "HubSpot"),
            .template(
                TemplateContent(
                    name: "confirmacion_pedido", language: "es_MX",
                    rendered: "Hola, Lucía. Su pedido *4821* está confirmado y llega el 20 de noviembre.")),
            .minutes(36), status: .sent, record: recorded),
        text(44, .phone, "Les contesto desde el mostrador", .minutes(35), status: .accepted),
        text(45, .api, "Factura enviada a su correo", .minutes(34), status: .queued),
    ]

    private static var unhappy: [MessageFacts] {
        var failed = text(60, reader, "Le comparto la guía de envío", .minutes(30), status: .failed, record: recorded)
        failed.failure = SendFailureFacts(
            code: "131026",
            advice: LocalizedText(
                en: "WhatsApp could not deliver it: the customer may not use WhatsApp on this number any more.",
                es: "WhatsApp no pudo entregarlo: quizá el cliente ya no usa WhatsApp en este número."), mayRetry: true)
        var again = text(61, reader, "Le comparto la guía de envío", .minutes(29), status: .sending)
        again.attemptOf = failed.id
        let uncertain = text(
            62, reader, "¿Recibió la guía?", .minutes(28), status: .uncertain,
            record: .failed(connection: "HubSpot", deadLetter: id(8001)))
        var after = text(63, reader, "Quedo al pendiente 🙌", .minutes(27), status: .sent)
        after.followsGap = true
        var deleted = text(64, .customer, "me equivoqué", .minutes(26))
        deleted.isDeleted = true
        var edited = text(65, .customer, "Sí, la recibí, gracias", .minutes(25), record: recorded)
        edited.isEdited = true
        var forwarded = text(
            66, .customer, "<b>PROMO</b> 50% de descuento en https://example.com/promo?a=1&b=2 !", .minutes(24))
        forwarded.isForwarded = true
        forwarded.advertisement = AdvertisementFacts(headline: "Bolsos de temporada", url: "https://fb.me/1")
        return [failed, again, uncertain, after, deleted, edited, forwarded]
    }
}
