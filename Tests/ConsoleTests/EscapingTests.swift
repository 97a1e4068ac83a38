import Domain
import Testing

@testable import Console

@Suite struct `What a stranger wrote` {
    private static let hostile = #"<img src=x onerror="alert(1)">&'"{{t.common.close}}{{{title}}}"#

    private let world: SampleWorld
    private let message = TextContent(body: hostile)

    init() throws {
        world = try SampleWorld(.english)
    }

    @Test(arguments: contents)
    func `is shown as text in a bubble, never as markup`(_ content: MessageContent) {
        var facts = ThreadSamples.message(1, .customer, content, .minutes(1))
        facts.quote = QuoteFacts(id: nil, author: Self.hostile, content: .text(message))
        facts.advertisement = AdvertisementFacts(headline: Self.hostile, url: "javascript:alert(1)")

        let html = render([facts])

        #expect(!html.contains("<img src=x"))
        #expect(!html.contains("javascript:alert"))
        #expect(html.contains("&lt;img src=x"))
    }

    @Test func `is not read as a template`() {
        let html = render([ThreadSamples.message(1, .customer, .text(message), .minutes(1))])

        #expect(html.contains("{{t.common.close}}{{{title}}}"))
    }

    @Test func `names a person without breaking the page`() {
        let person = PersonFacts(id: id(1), name: Self.hostile, username: Self.hostile, phone: Self.hostile)
        let row = ConversationFacts(
            id: id(2), person: person,
            last: LastMessageFacts(content: .text(message), isInbound: true, status: .received, at: ago(.minutes(1))),
            unread: 1, owner: .person(id: id(3), name: Self.hostile, isReader: false), windowEnds: nil,
            waitingSince: nil, hasDeadLetter: false, number: Self.hostile, isClosed: false)
        let list = ConversationList(
            filter: InboxFilter(query: Self.hostile), counts: [.all: 1], conversations: [row], open: nil, older: nil,
            isDemo: false, in: world.context)

        let html = world.render(
            InboxPage(pane: .list, list: list, conversation: nil, in: world.context), world.layout(.inbox))

        #expect(!html.contains("<img src=x"))
        #expect(html.contains("q=%3Cimg"))
    }

    @Test func `a vendor's answer is shown as text too`() {
        var letter = WorkSamples.letters[0]
        letter.vendorText = Self.hostile
        letter.fields[0].value = Self.hostile

        let html = world.render(WorkSamples.deadLetters(world, [letter]), world.layout(.deadLetters))

        #expect(!html.contains("<img src=x"))
    }

    private func render(_ messages: [MessageFacts]) -> String {
        world.render(ThreadSamples.page(world, messages: messages), world.layout(.inbox))
    }

    private static let contents: [MessageContent] = [
        .text(TextContent(body: hostile)),
        .media(MediaContent(kind: .document, mimeType: hostile, caption: hostile, filename: hostile)),
        .location(LocationContent(latitude: .infinity, longitude: .nan, name: hostile, address: hostile)),
        .contacts(
            ContactsContent(cards: [
                ContactCard(
                    formattedName: hostile, phones: [.init(phone: hostile)], emails: [hostile], organization: hostile)
            ])),
        .choice(ChoiceContent(kind: .flow, id: hostile, title: hostile, description: hostile, data: hostile)),
        .order(
            OrderContent(
                catalogID: nil, text: hostile,
                items: [.init(productRetailerID: hostile, quantity: hostile, itemPrice: hostile, currency: hostile)])),
        .interactive(
            InteractiveContent(
                header: .text(hostile), body: hostile, footer: hostile,
                action: .link(text: hostile, url: "javascript:alert(1)"))),
        .template(TemplateContent(name: hostile, language: hostile, rendered: hostile)),
        .system(SystemContent(kind: hostile, body: hostile)),
        .unsupported(UnsupportedContent(kind: hostile, reason: hostile)),
        .reaction(ReactionContent(messageID: hostile, emoji: hostile)),
    ]
}
