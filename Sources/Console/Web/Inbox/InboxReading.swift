import Domain
import Logging
import Store

/// Reads what the inbox shows, and makes its page and the parts of it that open pages fetch again.
struct InboxReading: Sendable {
    let visit: Visit
    let address: InboxAddress

    private var filter: InboxFilter { address.filter }
    private var reader: StaffID { visit.staff.id }

    // MARK: Pages

    /// - Parameter pane: what a phone shows.
    func page(_ open: ConversationView?, id: ConversationID?, pane: InboxPage.Pane) async -> InboxPage {
        InboxPage(pane: pane, list: await list(open: id), conversation: open, in: visit.page)
    }

    /// A list that cannot be read does not take the conversation beside it away.
    func list(open: ConversationID?) async -> ConversationList {
        do {
            return try await readList(open: open)
        } catch {
            visit.parts.logger.error("the list of conversations could not be read", metadata: ["error": "\(error)"])
            return .failed(filter: filter, open: open, in: visit.page)
        }
    }

    private func readList(open: ConversationID?) async throws -> ConversationList {
        let namesNumber = try await namesNumber()
        let counts = try await visit.store.conversationCounts(for: reader, in: visit.workspace)
        let query = ConversationQuery(
            view: filter.view.storeView, staff: reader, search: filter.query, before: address.listBefore)
        let page = try await visit.store.conversations(query, in: visit.workspace)
        return ConversationList(
            filter: filter,
            counts: Dictionary(
                InboxFilter.View.allCases.map { ($0, counts[$0.storeView]?.value ?? 0) }, uniquingKeysWith: { $1 }),
            conversations: page.items.map { ConversationFacts($0, reader: reader, namesNumber: namesNumber) },
            open: open, before: address.listBefore?.description, older: page.next?.description,
            isDemo: visit.parts.sampleCustomer != nil, in: visit.page)
    }

    // MARK: Conversation

    /// - Throws: `notFound`, also for a conversation of another workspace.
    func summary(_ id: ConversationID) async throws -> ConversationSummary {
        guard let summary = try await visit.store.conversation(id, in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return summary
    }

    func conversation(
        _ summary: ConversationSummary, composer: ComposerState, notice: OutcomeNotice? = nil
    ) async throws -> ConversationView {
        let thread = try await thread(of: summary)
        return ConversationView(
            try await facts(summary), staff: try await staff(), contact: try await wholeContact(of: summary),
            messages: thread.messages,
            older: thread.older, isNewest: address.threadBefore == nil,
            composer: try await ComposerReading(visit: visit, summary: summary).facts(composer), filter: filter,
            notice: notice, in: visit.page)
    }

    func messages(_ summary: ConversationSummary) async throws -> ThreadMessages {
        let thread = try await thread(of: summary)
        return ThreadMessages(
            conversation: summary.id, person: PersonFacts(summary.person).displayName(in: visit.page),
            messages: thread.messages, older: thread.older, isNewest: address.threadBefore == nil, filter: filter,
            in: visit.page)
    }

    func header(_ summary: ConversationSummary) async throws -> ConversationHeader {
        ConversationHeader(
            try await facts(summary), staff: try await staff(), links: try await contact(of: summary).links,
            filter: filter, in: visit.page)
    }

    func composer(_ summary: ConversationSummary) async throws -> ComposerView {
        let facts = try await facts(summary)
        return ComposerView(
            at: .conversation(summary.id, filter), person: facts.person.displayName(in: visit.page),
            windowEnds: facts.windowEnds, owner: facts.owner,
            facts: try await ComposerReading(visit: visit, summary: summary).facts(ComposerState(address)),
            in: visit.page)
    }

    func contactPanel(_ summary: ConversationSummary) async throws -> ContactPanel {
        ContactPanel(
            try await wholeContact(of: summary), conversation: summary.id, windowEnds: summary.windowEnds,
            in: visit.page)
    }

    // MARK: Facts

    private func facts(_ summary: ConversationSummary) async throws -> ConversationFacts {
        ConversationFacts(summary, reader: reader, namesNumber: try await namesNumber())
    }

    /// Whom a conversation can be handed to.
    private func staff() async throws -> [StaffFacts] {
        try await visit.store.staff(in: visit.workspace).map { StaffFacts($0, reader: reader) }
    }

    private func thread(
        of summary: ConversationSummary
    ) async throws -> (messages: [MessageFacts], older: String?) {
        let page = try await visit.store.thread(summary.id, before: address.threadBefore, in: visit.workspace)
        let isOpen = CustomerServiceWindow.isOpen(lastInbound: summary.lastInboundAt, now: visit.page.now)
        return (ThreadReading(reader: reader, isWindowOpen: isOpen).facts(page.items), page.next?.description)
    }

    private func contact(of summary: ConversationSummary) async throws -> ContactFacts {
        guard let contact = try await visit.store.contact(summary.person.id, in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return ContactFacts(contact)
    }

    /// With what is noted of it.
    private func wholeContact(of summary: ConversationSummary) async throws -> ContactFacts {
        var facts = try await contact(of: summary)
        facts.details = try await visit.details(of: summary.person.id)
        facts.writing = try await ComposerReading(visit: visit, summary: summary).writing()
        return facts
    }

    /// With one number its name says nothing.
    private func namesNumber() async throws -> Bool {
        try await visit.store.numbers(in: visit.workspace).count > 1
    }
}

extension InboxFilter.View {
    var storeView: InboxView {
        switch self {
        case .all: .all
        case .mine: .mine
        case .unassigned: .unassigned
        case .closed: .closed
        }
    }
}
