import Domain
import Testing

@testable import Console

@Suite struct `The inbox` {
    private let context: PageContext

    init() throws {
        context = try SampleWorld(.english).context
    }

    @Test func `keeps view and search in every address`() {
        let filter = InboxFilter(view: .mine, query: "  zapatos & más")

        #expect(filter.url() == "/inbox?view=mine&q=zapatos%20%26%20m%C3%A1s")
        #expect(InboxFilter().url() == "/inbox")
        #expect(InboxFilter(query: String(repeating: "a", count: 900)).query.count == 200)
    }

    @Test(arguments: [
        (Optional<Duration>.none, WindowView.State.never), (.hours(23), .open), (.minutes(119), .closing),
        (.zero, .closed), (.hours(-3), .closed),
    ])
    func `says how long free messages are allowed`(left: Duration?, state: WindowView.State) {
        let window = WindowView(ends: left.map { SampleWorld.now + $0 }, in: context)

        #expect(window.state == state)
    }

    @Test func `warns two hours before the window closes, with the time it closes`() {
        let window = WindowView(ends: SampleWorld.now + .minutes(74), in: context)

        #expect(window.sentence == "The window stays open for 1\u{202F}h 14\u{202F}min more, until today at 18:16.")
    }

    @Test func `names a person by the best that is known`() {
        func name(_ person: PersonFacts) -> String { person.displayName(in: context) }

        #expect(name(PersonFacts(id: id(1), name: "Ana", username: "ana", phone: "+52")) == "Ana")
        #expect(name(PersonFacts(id: id(1), name: " ", username: "ana", phone: "+52")) == "@ana")
        #expect(name(PersonFacts(id: id(1), phone: "+52 55")) == "+52 55")
        #expect(name(PersonFacts(id: id(1))).hasPrefix("Customer …"))
    }

    @Test func `says of a deleted message that it was deleted, and nothing more`() {
        let last = LastMessageFacts(
            content: .text(TextContent(body: "secreto")), isInbound: true, status: .received, at: SampleWorld.now,
            isDeleted: true)
        let facts = ConversationFacts(
            id: id(1), person: PersonFacts(id: id(1), name: "Ana"), last: last, unread: 0, owner: .queue,
            windowEnds: nil, waitingSince: nil, hasDeadLetter: false, number: nil, isClosed: false)

        #expect(
            ConversationRow(facts, filter: InboxFilter(), open: nil, in: context).excerpt?.text
                == "This message was deleted")
    }

    @Test(arguments: [
        ("Lucía Fernández", "LF"), ("陳怡君", "陳"), ("ana", "A"), ("  ", ""), ("🎁", ""), ("Ana 🎁 Ruiz", "AR"),
        ("+52 55 1234", ""),
    ])
    func `draws initials of names, and none of numbers`(name: String, initials: String) {
        #expect(AvatarView.initials(of: name) == initials)
    }

    @Test func `tells an empty installation from an empty view and from an empty search`() {
        func emptiness(_ filter: InboxFilter, _ counts: [InboxFilter.View: Int]) -> ConversationList.Emptiness? {
            ConversationList(
                filter: filter, counts: counts, conversations: [], open: nil, older: nil, isDemo: false, in: context
            ).emptiness
        }

        #expect(emptiness(InboxFilter(), [:]) == .firstMessage)
        #expect(emptiness(InboxFilter(view: .mine), [.all: 3]) == .nothingHere)
        #expect(emptiness(InboxFilter(query: "x"), [:]) == .nothingFound)
    }

    @Test func `offers the templates that can be sent before those that cannot, each part in its order`() {
        let picker = TemplatePicker(
            TemplatePickerFacts(choices: ComposerSamples.choices), at: .conversation(id(1), InboxFilter()), in: context)

        #expect(picker.choices.map(\.isSendable) == [true, true, true, true, false, false])
        #expect(
            picker.choices.map(\.name)
                == ["confirmacion_pedido", "promo_noviembre", "saludo", "catalogo", "aviso_envio", "codigo"])
    }

    @Test func `leads to the contact's record in those CRMs whose pages are known`() {
        let links = [
            ContactFacts.Link(connection: "HubSpot", lastSync: nil, url: "https://app.hubspot.com/51"),
            ContactFacts.Link(connection: "ERP", lastSync: nil),
        ]
        let header = ConversationHeader(InboxSamples.conversations[0], links: links, filter: InboxFilter(), in: context)

        #expect(header.records.map(\.label) == ["Open in HubSpot"])
        #expect(header.records.map(\.url) == ["https://app.hubspot.com/51"])
    }

    @Test func `hands a conversation over only from the owner that the page showed`() {
        func header(_ owner: OwnerFacts) -> ConversationHeader {
            var facts = InboxSamples.conversations[0]
            facts.owner = owner
            return ConversationHeader(facts, filter: InboxFilter(), in: context)
        }
        let mine = header(.person(id: id(9), name: "Ana", isReader: true))

        #expect(header(.automation).expectedOwner == "automation")
        #expect(header(.queue).takeOver?.owner == "reader")
        #expect(mine.takeOver == nil)
        #expect(mine.expectedOwner == "person:\(id(9) as StaffID)")
        #expect(mine.releases.map(\.owner) == ["queue", "automation"])
    }
}
