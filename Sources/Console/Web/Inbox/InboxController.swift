import Domain
import Hummingbird
import Store

/// The inbox: its pages, and the parts of them that open pages fetch again.
struct InboxController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.get("/inbox") { visit in
            let reading = InboxReading(visit: visit, address: InboxAddress(visit))
            return try await visit.answer(await reading.page(nil, id: nil, pane: .list), at: .inbox)
        }
        routes.get("/inbox/{id}") { visit in try await conversation(visit) }
        addFragments(to: routes)
    }

    private func conversation(_ visit: Visit) async throws -> Response {
        let address = InboxAddress(visit)
        let reading = InboxReading(visit: visit, address: address)
        let summary = try await reading.summary(try visit.id())
        let open = try await reading.conversation(summary, composer: ComposerState(address))
        let pane = address.pane ?? .thread
        await visit.noteSeen(summary.person.id)
        return try await visit.answer(await reading.page(open, id: summary.id, pane: pane), at: .inbox)
    }

    // MARK: Fragments

    private func addFragments(to routes: ConsoleRoutes) {
        routes.get("/fragments/conversations") { visit in
            let reading = InboxReading(visit: visit, address: InboxAddress(visit))
            let open = visit.query("open").flatMap { ConversationID($0) }
            return try await visit.answer(await reading.list(open: open))
        }
        fragment("messages", on: routes) { try await $0.messages($1) }
        fragment("header", on: routes) { try await $0.header($1) }
        fragment("composer", on: routes) { try await $0.composer($1) }
        fragment("contact", on: routes) { try await $0.contactPanel($1) }
    }

    private func fragment(
        _ name: String, on routes: ConsoleRoutes,
        _ read: @escaping @Sendable (InboxReading, ConversationSummary) async throws -> some PageFragment
    ) {
        routes.get("/fragments/conversations/{id}/\(name)") { visit in
            let reading = InboxReading(visit: visit, address: InboxAddress(visit))
            let summary = try await reading.summary(try visit.id())
            return try await visit.answer(try await read(reading, summary))
        }
    }
}
