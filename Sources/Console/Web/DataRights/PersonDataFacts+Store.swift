import Domain
import Store

extension PersonDataFacts {
    /// - Parameters:
    ///   - records: the names of the CRMs that have a record.
    ///   - audit: nil for whom it is not for.
    init(_ holdings: PersonHoldings, rules: EffectiveRetention, records: [String], audit: [AuditEntry]?) {
        func amount(_ kind: Kind, _ count: ListCount) -> Amount { Amount(kind, count.value, isMore: count.isMore) }
        self.init(
            person: PersonFacts(holdings.person),
            amounts: [
                Amount(.handles, holdings.handles), Amount(.conversations, holdings.conversations),
                amount(.messages, holdings.messages), amount(.files, holdings.files),
                Amount(.details, holdings.details), Amount(.consents, holdings.consents),
                Amount(.records, holdings.records), amount(.changes, holdings.changes),
                amount(.access, holdings.access),
            ],
            rules: RetentionKind.allCases.filter { $0 != .imports }.map {
                Rule($0.rawValue, days: rules.age(of: $0).map(\.wholeDays))
            },
            firstSeen: holdings.firstSeen,
            erasedIn: holdings.erasedInCRM.map { (name: $0.connection, at: $0.at) }, records: records,
            audit: audit?.map(AuditFacts.init))
    }
}

extension Duration {
    /// Rounded down.
    var wholeDays: Int { Int(components.seconds / 86_400) }
}

extension ExportFacts {
    init(_ export: PersonExport) {
        let state: State =
            switch export.state {
            case .waiting: .waiting
            case .running: .running
            case .ready: .ready
            case .failed: .failed
            }
        self.init(
            id: export.id, state: state, actor: export.actor, requestedAt: export.requestedAt, done: export.done,
            messages: export.messages, size: export.size, expiresAt: export.expiresAt)
    }
}

extension AuditFacts {
    init(_ entry: AuditEntry) {
        self.init(
            id: entry.id, at: entry.at, actor: entry.actor, event: entry.event, title: entry.title,
            person: entry.person.map { PersonFacts($0) }, conversation: entry.conversation, erasure: entry.erasure,
            search: entry.isOfErased ? .erased : entry.query.map(Search.typed))
    }
}

extension ErasureFacts {
    init(_ erasure: Erasure) {
        self.init(
            id: erasure.id, contact: erasure.contact, isDone: erasure.state == .done,
            isByRule: erasure.reason == .retention, actor: erasure.actor, at: erasure.at, doneAt: erasure.doneAt,
            counts: Erasure.Kind.allCases.compactMap { kind in
                erasure.counts[kind].map { (kind: kind.rawValue, count: $0) }
            },
            notices: erasure.notices.map(Notice.init))
    }
}

extension ErasureFacts.Notice {
    fileprivate init(_ notice: Erasure.Notice) {
        let state: State =
            switch notice.state {
            case .waiting: .waiting
            case .done: .done
            case .failed: .failed
            case .notThere: .notThere
            case .disabled: .disabled
            }
        self.init(
            connection: CRMName.shown(notice.name, kind: notice.kind), isDeletion: notice.wish == .delete,
            state: state)
    }
}

extension AuditFilter {
    /// - Parameter zone: of the reader, whose day it is.
    func query(before: ListPosition?, in page: PageContext) -> AuditQuery {
        let bounds = day.flatMap { DayBounds($0, in: page.zone) }
        return AuditQuery(
            contact: contact, actor: actor, kind: kind.flatMap { AuditKind(rawValue: $0.rawValue) },
            from: bounds?.from, until: bounds?.until, before: before)
    }
}
