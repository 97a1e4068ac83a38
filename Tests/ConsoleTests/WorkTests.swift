import Domain
import Testing

@testable import Console

@Suite struct `Work that is left to people` {
    private let context: PageContext

    init() throws {
        context = try SampleWorld(.english).context
    }

    @Test(arguments: [
        (Duration.hours(23), DeadLetterView.Urgency.calm, "due in 23\u{202F}h"),
        (.minutes(190), .soon, "due in 3\u{202F}h"), (.zero, .overdue, "0\u{202F}s overdue"),
        (.hours(-3), .overdue, "3\u{202F}h overdue"),
    ])
    func `says when it is due`(left: Duration, urgency: DeadLetterView.Urgency, text: String) {
        var letter = WorkSamples.letters[0]
        letter.dueAt = SampleWorld.now + left
        let view = DeadLetterView(letter, isOpen: false, in: context)

        #expect(view.urgency == urgency)
        #expect(view.due == text)
    }

    @Test(arguments: DeadLetterFacts.Work.allCases)
    func `says of every kind what it is and what dismissing it means`(_ work: DeadLetterFacts.Work) throws {
        for language in Language.allCases {
            var letter = WorkSamples.letters[0]
            letter.work = work
            let named = DeadLetterView(letter, isOpen: false, in: try SampleWorld(language).context)
            letter.person = nil
            let plain = DeadLetterView(letter, isOpen: false, in: try SampleWorld(language).context)

            #expect(named.what.contains("Lucía"))
            // What a CRM refuses of somebody is corrected on their page.
            #expect((named.contactURL != nil) == (work == .record || work == .contact))
            #expect(plain.contactURL == nil)
            for text in [named.what, named.dismissal, plain.what] { #expect(!text.contains("deadLetters.")) }
        }
    }

    @Test(arguments: UnroutedReason.allCases)
    func `says of every reason what happened and what to do`(_ reason: UnroutedReason) throws {
        for language in Language.allCases {
            let facts = UnroutedFacts(
                id: id(1), reason: reason, field: nil, subject: nil, app: nil, excerpt: "", receivedAt: SampleWorld.now)
            let page = UnroutedPage(
                [facts], filter: UnroutedFilter(reason: reason), counts: [reason: 1],
                in: try SampleWorld(language).context)
            let item = try #require(page.list.items.first)

            for text in [item.reason, item.remedy] + page.tabs.map(\.label) { #expect(!text.contains("unrouted.")) }
        }
    }

    @Test func `says after every command what became of it`() throws {
        for language in Language.allCases {
            let context = try SampleWorld(language).context
            let notices =
                DeadLettersPage.Command.allCases.flatMap { command in
                    [0, 1, 3].map { DeadLettersPage.outcome(of: command, count: $0, in: context) }
                }
                + UnroutedPage.Command.allCases.flatMap { command in
                    [0, 1, 3].map { UnroutedPage.outcome(of: command, count: $0, in: context) }
                } + ConnectionsPage.Command.allCases.map { ConnectionsPage.outcome(of: $0, in: context) }

            for notice in notices { #expect(!notice.sentence.contains(".done.")) }
        }
    }

    @Test func `says every state of a connection and of its checks in words`() throws {
        let healths: [ConnectionFacts.Health] = [.working, .attention, .failing, .paused, .disabled, .unknown]
        let states: [ConnectionFacts.Check.State] = [.waiting, .running, .passed, .warned, .failed, .skipped]
        for language in Language.allCases {
            let context = try SampleWorld(language).context
            for health in healths {
                let card = ConnectionCard(
                    ConnectionFacts(
                        id: "1", kind: .number, name: "n", address: nil, health: health, isProvisioned: true,
                        lastEvent: nil, waiting: 0,
                        checks: states.map { .init(title: LocalizedText(en: "c", es: "c"), state: $0) }), in: context)

                #expect(!card.health.contains("connections."))
                #expect(card.checks.allSatisfy { !$0.word.contains("connections.") })
            }
        }
    }

    @Test(arguments: NewsFacts.What.allCases)
    func `says of every kind of news from Meta what happened`(_ what: NewsFacts.What) throws {
        for language in Language.allCases {
            let facts = NewsFacts(
                what: what, value: .same("RED"), subject: nil, wabaID: "102290129340398", at: SampleWorld.now)
            let item = NewsItem(facts, in: try SampleWorld(language).context)

            for text in [item.title, item.subject] { #expect(!text.contains("connections.") && !text.contains("{")) }
            #expect(item.subject.contains("102290129340398"))
        }
    }

    @Test func `a template's fields are filled with what is known, and its preview shows what is missing`() {
        let draft = TemplateDraftFacts(
            choice: ComposerSamples.choices[0], values: ["body.2": "4821"], suggestions: ["body.1": "Lucía"])
        let form = TemplateForm(draft, at: .conversation(id(1), InboxFilter()), in: context)

        #expect(form.fields.map(\.name) == ["body.1", "body.2", "body.3"])
        #expect(form.fields.map(\.value) == ["Lucía", "4821", ""])
        #expect(!form.isComplete)
        #expect(
            form.preview.text.pieces.map(\.text).joined()
                == "Hola, Lucía. Su pedido 4821 está confirmado y llega el {{3}}.")
    }
}
