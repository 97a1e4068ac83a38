package import Domain

/// What stands in a bubble, one case per kind of message.
package enum BubbleContent: Sendable {
    case text(MessageText)
    case media(MediaBubble)
    case location(LocationBubble)
    case contacts(ContactsBubble)
    case interactive(InteractiveBubble)
    case choice(ChoiceBubble)
    case order(OrderBubble)
    case template(TemplateBubble)
    case unsupported(UnsupportedBubble)
    case deleted

    package init(_ content: MessageContent, media: MediaFacts?, in context: PageContext) {
        switch content {
        case .text(let text): self = .text(MessageText(text.body))
        case .media(let file): self = .media(MediaBubble(file, facts: media, in: context))
        case .location(let place): self = .location(LocationBubble(place, in: context))
        case .contacts(let list): self = .contacts(ContactsBubble(list, in: context))
        case .interactive(let question): self = .interactive(InteractiveBubble(question, media: media, in: context))
        case .choice(let choice): self = .choice(ChoiceBubble(choice, in: context))
        case .order(let order): self = .order(OrderBubble(order, in: context))
        case .template(let template): self = .template(TemplateBubble(template))
        case .unsupported(let unknown): self = .unsupported(UnsupportedBubble(unknown, in: context))
        case .reaction(let reaction): self = .text(MessageText(reaction.emoji))
        case .system(let note): self = .text(MessageText(note.body))
        }
    }
}

extension BubbleContent {
    /// `thread/content-text` and its like.
    var template: String {
        let kind =
            switch self {
            case .text: "text"
            case .media: "media"
            case .location: "location"
            case .contacts: "contacts"
            case .interactive: "interactive"
            case .choice: "choice"
            case .order: "order"
            case .template: "template"
            case .unsupported: "unsupported"
            case .deleted: "deleted"
            }
        return "thread/content-" + kind
    }
}

package struct LocationBubble: Sendable {
    package let name: String
    package let address: String?
    package let coordinates: String
    /// Opens the place in a map; only the coordinates leave the page, and only on a click.
    package let url: String

    init(_ place: LocationContent, in context: PageContext) {
        self.name = place.name ?? context.words("kind.location")
        self.address = place.address
        let latitude = Self.degrees(place.latitude)
        let longitude = Self.degrees(place.longitude)
        self.coordinates = "\(latitude), \(longitude)"
        self.url = "https://www.openstreetmap.org/?mlat=\(latitude)&mlon=\(longitude)#map=16/\(latitude)/\(longitude)"
    }

    /// Five decimals: about a metre. What is no number of degrees becomes 0.
    private static func degrees(_ value: Double) -> String {
        guard value.isFinite, abs(value) <= 180 else { return "0" }
        let scaled = Int((abs(value) * 100_000).rounded())
        let fraction = String(scaled % 100_000)
        let padded = String(repeating: "0", count: 5 - fraction.count) + fraction
        return (value < 0 ? "-" : "") + "\(scaled / 100_000).\(padded)"
    }
}

package struct ContactsBubble: Sendable {
    package struct Card: Sendable {
        package let name: String
        package let organization: String?
        package let phones: [String]
        package let emails: [String]
        /// WhatsApp vouches that the number is the sender's own.
        package let isProven: Bool
    }

    package let cards: [Card]

    init(_ content: ContactsContent, in context: PageContext) {
        self.cards = content.cards.prefix(20).map { card in
            Card(
                name: card.formattedName.isEmpty ? context.words("kind.contacts") : card.formattedName,
                organization: card.organization, phones: card.phones.compactMap { $0.phone ?? $0.waID },
                emails: card.emails, isProven: card.isSendersOwn)
        }
    }
}

package struct ChoiceBubble: Sendable {
    package let label: String
    package let title: String
    package let description: String?
    /// A form's answers.
    package let data: String?

    init(_ choice: ChoiceContent, in context: PageContext) {
        self.label = context.words("choice.\(choice.kind.rawValue)")
        self.title = choice.title
        self.description = choice.description
        self.data = choice.data.map { String($0.prefix(4000)) }
    }
}

package struct OrderBubble: Sendable {
    package struct Item: Sendable {
        package let product: String
        package let quantity: String
        package let price: String
    }

    package let summary: String
    package let text: String?
    package let items: [Item]

    init(_ order: OrderContent, in context: PageContext) {
        self.summary = context.words.count("order.items", order.items.count)
        self.text = order.text
        self.items = order.items.prefix(50).map {
            Item(product: $0.productRetailerID, quantity: $0.quantity, price: "\($0.itemPrice) \($0.currency)")
        }
    }
}

package struct TemplateBubble: Sendable {
    package let name: String
    package let language: String
    /// The text as the customer reads it; nil while it is not known.
    package let text: MessageText?

    init(_ template: TemplateContent) {
        self.name = template.name
        self.language = template.language
        self.text = template.rendered.map(MessageText.init)
    }
}

package struct UnsupportedBubble: Sendable {
    package let kind: String
    package let reason: String?

    init(_ content: UnsupportedContent, in context: PageContext) {
        self.kind = content.kind
        self.reason = content.reason
    }
}
