import Console
import Domain

/// A conversation with a message of every kind and state.
enum ThreadSamples {
    static func page(
        _ world: SampleWorld, pane: InboxPage.Pane = .thread, isNewest: Bool = true, windowEnds: Timestamp? = nil,
        composer: ComposerFacts = ComposerFacts(once: "once-1"), messages: [MessageFacts] = everyKind,
        owner: OwnerFacts? = nil
    ) -> InboxPage {
        var conversation = InboxSamples.conversations[0]
        conversation.windowEnds = windowEnds ?? SampleWorld.now + .minutes(1274)
        if let owner { conversation.owner = owner }
        let view = ConversationView(
            conversation, contact: contact, messages: messages, older: "01JC", isNewest: isNewest, composer: composer,
            filter: InboxFilter(), in: world.context)
        return InboxPage(
            pane: pane, list: InboxSamples.list(world, open: conversation.id), conversation: view, in: world.context)
    }

    static let contact = ContactFacts(
        person: InboxSamples.lucia,
        handles: [
            .init(kind: .phone, value: "+52 55 1234 5678"), .init(kind: .username, value: "lucia.fdz"),
            .init(kind: .userID, value: "MX.13491208655302741918"), .init(kind: .email, value: "lucia@example.com"),
        ],
        links: [
            .init(connection: "HubSpot", lastSync: ago(.seconds(41))), .init(connection: "ERP propio", lastSync: nil),
        ], firstSeen: ago(.days(212)), details: PeopleSamples.details,
        writing: WritingFacts(
            answer: nil, promotion: .marketingWithoutConsent, isConfirmed: false, sender: SenderName(["Ejemplo S.A."])))

    static let reader = MessageFacts.Author.staff(name: "Ana Rivas", isReader: true)
    static let recorded = RecordFacts.recorded(connection: "HubSpot")

    /// The plain conversation that a visitor sees first.
    static let everyday: [MessageFacts] = [
        text(1, .customer, "Hola, buenas tardes 😊", .hours(29), record: recorded),
        text(
            2, .automation(rule: "Bienvenida"),
            "¡Hola, Lucía! Gracias por escribir a *Ejemplo S.A.* ¿En qué podemos ayudarle?", .hours(29) - .seconds(3),
            status: .read, record: recorded),
        text(3, .customer, "¿Tienen el bolso azul en tamaño mediano?", .minutes(64), record: recorded),
        image(4, .customer, "Es este", .minutes(63), .stored(bytes: 241_000)),
        quoting(
            text(
                5, reader, "Sí, nos quedan tres. Son *$1,290* con envío incluido: https://ejemplo.mx/bolsos/azul",
                .minutes(58), status: .read, record: recorded), "¿Tienen el bolso azul en tamaño mediano?"),
        reaction(6, to: 5, "❤️", .minutes(57)),
        text(
            7, reader, "Si confirma antes de las 15:00, llega mañana.", .minutes(57), status: .delivered,
            record: recorded),
        text(8, .customer, "Lo quiero!!", .minutes(2), record: recorded),
        text(
            9, .customer, "¿Me lo pueden enviar hoy? Es un regalo 🎁", .seconds(40),
            record: .waiting(connection: "HubSpot")),
    ]

    static func text(
        _ number: Int64, _ author: MessageFacts.Author, _ body: String, _ age: Duration,
        status: MessageStatus = .received, record: RecordFacts = .notApplicable
    ) -> MessageFacts {
        message(number, author, .text(TextContent(body: body)), age, status: status, record: record)
    }

    static func message(
        _ number: Int64, _ author: MessageFacts.Author, _ content: MessageContent, _ age: Duration,
        status: MessageStatus = .received, record: RecordFacts = .notApplicable
    ) -> MessageFacts {
        MessageFacts(
            id: id(5000 + number), messageID: "wamid.\(number)", author: author, at: ago(age), content: content,
            status: status, record: record)
    }

    static func image(
        _ number: Int64, _ author: MessageFacts.Author, _ caption: String?, _ age: Duration, _ state: MediaFacts.State
    ) -> MessageFacts {
        file(number, author, MediaContent(kind: .image, mimeType: "image/jpeg", caption: caption), age, state)
    }

    static func file(
        _ number: Int64, _ author: MessageFacts.Author, _ content: MediaContent, _ age: Duration,
        _ state: MediaFacts.State
    ) -> MessageFacts {
        var message = message(
            number, author, .media(content), age, status: author == .customer ? .received : .delivered, record: recorded
        )
        message.media = MediaFacts(id: id(7000 + number), state: state)
        return message
    }

    static func reaction(_ number: Int64, to target: Int64, _ emoji: String, _ age: Duration) -> MessageFacts {
        message(number, .customer, .reaction(ReactionContent(messageID: "wamid.\(target)", emoji: emoji)), age)
    }

    private static func quoting(_ message: MessageFacts, _ quoted: String) -> MessageFacts {
        var message = message
        message.quote = QuoteFacts(id: id(5003), author: nil, content: .text(TextContent(body: quoted)))
        return message
    }
}
