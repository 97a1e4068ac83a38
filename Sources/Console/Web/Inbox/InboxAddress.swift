import Domain
import HTTPTypes
import HummingbirdCore
import Store

/// What the address of an inbox page says. A command's own address says nothing: it goes back to the page that it came
/// from, so that view and search stay as they were.
struct InboxAddress: Sendable {
    let filter: InboxFilter
    let pane: InboxPage.Pane?
    /// Where the shown part of the list begins; nil for its top.
    let listBefore: ListPosition?
    /// Where the shown part of the thread ends; nil for its newest message.
    let threadBefore: ListPosition?
    /// The message being answered.
    let reply: MessageID?
    /// Templates are being chosen from: what was looked for.
    let find: String?
    let template: TemplateID?

    /// Of a page or fragment.
    init(_ visit: Visit) {
        self.init { visit.query($0) }
    }

    /// Of the page that a command came from, as the browser says; its filter, and nothing else of it.
    static func origin(of visit: Visit) -> InboxFilter {
        let from = LocalPath(
            referer: visit.request.headers[.referer], host: visit.request.head.authority)
        guard let from, from.path == "/inbox" || from.path.hasPrefix("/inbox/") else { return InboxFilter() }
        let query = from.text.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }
        let fields = FormFields(urlEncoded: String(query))
        return InboxAddress { fields[$0] }.filter
    }

    /// The newest of a conversation, in a list with this filter.
    init(_ filter: InboxFilter) {
        let query = ["view": filter.view.rawValue, "q": filter.query]
        self.init { query[$0] }
    }

    private init(_ parameter: (String) -> String?) {
        filter = InboxFilter(
            view: parameter("view").flatMap { InboxFilter.View(rawValue: $0) } ?? .all, query: parameter("q") ?? "")
        pane = parameter("pane").flatMap { InboxPage.Pane(rawValue: $0) }
        listBefore = parameter(ConversationList.positionParameter).flatMap { ListPosition($0) }
        threadBefore = parameter("before").flatMap { ListPosition($0) }
        reply = parameter("reply").flatMap { MessageID($0) }
        let find = String((parameter("find") ?? "").prefix(100))
        self.find = parameter("templates") == nil ? nil : find
        template = parameter("template").flatMap { TemplateID($0) }
    }
}
