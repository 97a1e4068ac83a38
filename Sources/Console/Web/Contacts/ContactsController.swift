import Domain
import HTTPTypes
import Hummingbird
import PhoneNumbers
import Store

/// The contacts table: searched, filtered, sorted, and shown in the columns that somebody chose.
struct ContactsController: Sendable {
    static let path = "/contacts"

    func add(to routes: ConsoleRoutes) {
        routes.get("/contacts") { visit in try await table(visit) }
        routes.post("/contacts/columns") { form, visit in try await chooseColumns(form, visit) }
    }

    private func table(_ visit: Visit) async throws -> Response {
        let facets = try await visit.store.contactFacets(in: visit.workspace)
        let fields = try await visit.store.fields(in: visit.workspace)
            .map { FieldFacts($0, in: visit.page.language) }
        let filter = ContactsFilter(visit)
        let after = visit.query("after").flatMap { ListPosition($0) }
        let columns = ContactColumnChoice(visit, fields: fields).columns
        var query = filter.query(after: after, region: visit.parts.settings.region)
        let segments = try await visit.store.segments(in: visit.workspace)
        // One that was deleted holds nobody: the page says that nothing is found.
        if let id = filter.segment {
            query.segment = segments.first { $0.id == id }?.conditions ?? .nobody
        }
        await visit.noteListed(filter)
        let found = try await visit.store.contacts(query, isCounted: true, in: visit.workspace)
        let list = ContactsList(
            found.page.items.map(ContactRowFacts.init), filter: filter, columns: columns, fields: fields,
            habits: visit.habits, count: found.count.map { ($0.value, $0.isMore) }, after: after?.description,
            next: found.page.next?.description,
            isCut: found.page.next != nil && found.page.items.count < query.limit, in: visit.page)
        let page = ContactsPage(
            list, filter: filter, labels: facets.labels.map(LabelFacts.init),
            segments: segments.map { SegmentFacts($0) }, fields: fields, columns: columns,
            notice: ContactNotice(visit)?.shown, in: visit.page)
        var response = try await visit.answer(page, at: .contacts)
        // As somebody types, the address follows what is shown.
        if visit.visitor.isFragment { response.headers[.hxReplaceURL] = filter.url() }
        return response
    }

    private func chooseColumns(_ form: Form, _ visit: Visit) async throws -> Response {
        let fields = try await visit.store.fields(in: visit.workspace)
            .map { FieldFacts($0, in: visit.page.language) }
        let choice = ContactColumnChoice(form, fields: fields)
        var response = visit.redirect(visit.returning(to: Self.path))
        response.setCookie(choice.cookie(isSecure: visit.parts.settings.isSecure))
        return response
    }
}

extension ContactsFilter {
    /// Of an address. What no page of ours links to is passed over.
    init(_ visit: Visit) {
        self.init { visit.query($0) }
    }

    init(_ parameter: (String) -> String?) {
        self.init(
            query: String((parameter("q") ?? "").prefix(100)), label: parameter("label").flatMap { LabelID($0) },
            state: parameter("state").flatMap { ContactState(rawValue: $0) },
            consent: parameter("consent").flatMap { MarketingConsent(rawValue: $0) },
            reach: parameter("reach").flatMap { Reach(rawValue: $0) },
            segment: parameter("segment").flatMap { SegmentID($0) },
            order: parameter("order").flatMap { Order(rawValue: $0) } ?? .changed)
    }

    /// Of an address or a form that says for whom something is done. What the table would pass over is refused: everybody
    /// in place of some is a leak in a file, and a mistake in a bulk action.
    /// - Throws: `notFound`.
    static func exactly(_ parameter: (String) -> String?) throws -> ContactsFilter {
        let filter = ContactsFilter(parameter)
        for (name, value) in filter.parameters where name != "q" {
            guard parameter(name) ?? "" == value ?? "" else { throw PuenteError.noSuchPage }
        }
        return filter
    }

    fileprivate func query(after: ListPosition?, region: String) -> ContactQuery {
        ContactQuery(
            search: query, number: SearchedNumber.digits(query, region: region), label: label, state: state,
            consent: consent?.stored, isUnreachable: reach.map { $0 == .unreachable }, order: order.stored, after: after
        )
    }
}

/// What a page about contacts has to tell of the last command.
struct ContactNotice {
    enum Command: String, CaseIterable, Sendable { case created, edited, unchanged, restored, tried }

    let shown: OutcomeNotice

    init?(_ visit: Visit) {
        guard let flash = visit.flash(of: .contacts), let command = Command(rawValue: flash.command) else { return nil }
        shown = OutcomeNotice(
            command == .unchanged ? .warning : .done, visit.page.words("contacts.done.\(command.rawValue)"))
    }

    static func flash(_ command: Command) -> FlashNotice { FlashNotice(.contacts, command.rawValue) }
}

/// The countries in a form.
enum RegionList {
    static let all = PhoneRegion.all.map { RegionFacts(code: $0.code, name: $0.name) }
}
