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
