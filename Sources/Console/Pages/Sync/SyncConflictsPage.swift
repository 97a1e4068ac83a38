package import Domain

/// A field whose two sides say different things.
package struct SyncConflictFacts: Sendable {
    package var id: SyncConflictID
    package var contact: ContactID
    package var person: PersonFacts?
    package var local: LocalFieldFacts
    package var remote: String
    /// Nil where the mapping asks; else why one side's value does not go over.
    package var refusal: SyncRefusal?
    package var ours: String
    package var theirs: String
    package var agreed: String?
    package var since: Timestamp

    package init(
        id: SyncConflictID, contact: ContactID, person: PersonFacts?, local: LocalFieldFacts, remote: String,
        refusal: SyncRefusal?, ours: String, theirs: String, agreed: String?, since: Timestamp
    ) {
        self.id = id
        self.contact = contact
        self.person = person
        self.local = local
        self.remote = remote
        self.refusal = refusal
        self.ours = ours
        self.theirs = theirs
        self.agreed = agreed
        self.since = since
    }
}

/// What came of a decision.
package struct SyncResolutionFacts: Sendable {
    package var resolved: Int
    package var refused: [SyncConflictID: SyncRefusal]
    /// What was typed instead of both.
    package var typed: String?

    package init(resolved: Int, refused: [SyncConflictID: SyncRefusal], typed: String? = nil) {
        self.resolved = resolved
        self.refused = refused
        self.typed = typed
    }
}

/// What waits for a person to say which side is right.
package struct SyncConflictsPage: Page {
    package static let template = "sync/conflicts"

    package let title: String
    package let head: ConnectionHead
    package let notice: OutcomeNotice?
    /// Whose conflicts alone are shown.
    package let person: String?
    package let allURL: String
    package let list: SyncConflictList

    /// - Parameters:
    ///   - person: nil for everybody.
    ///   - outcome: of what was just decided, where some of it was refused.
    ///   - resolved: how many were settled by the last command.
    package init(
        _ facts: ConnectionHeadFacts, _ conflicts: [SyncConflictFacts], contact: ContactID? = nil,
        person: PersonFacts? = nil, before: String? = nil, older: String? = nil,
        outcome: SyncResolutionFacts? = nil, resolved: Int? = nil, in context: PageContext
    ) {
        let words = context.words
        self.title = words("sync.conflicts.title", ["connection": facts.name])
        self.head = ConnectionHead(facts, at: .conflicts, in: context)
        self.notice = Self.notice(outcome, resolved: resolved, in: context)
        self.person = contact.map { _ in person?.displayName(in: context) ?? words("sync.gonePerson") }
        self.allURL = facts.url("/conflicts")
        self.list = SyncConflictList(
            facts, conflicts, contact: contact, before: before, older: older, outcome: outcome, in: context)
    }

    private static func notice(
        _ outcome: SyncResolutionFacts?, resolved: Int?, in context: PageContext
    ) -> OutcomeNotice? {
        if let outcome {
            let left = context.words.count("sync.conflicts.left", outcome.refused.count)
            guard outcome.resolved > 0 else { return OutcomeNotice(.failure, left) }
            let done = context.words.count("sync.conflicts.done", outcome.resolved)
            return OutcomeNotice(.warning, "\(done) \(left)")
        }
        return resolved.map { OutcomeNotice(.done, context.words.count("sync.conflicts.done", $0)) }
    }
}

/// The conflicts. Fetched again on the event `sync`, except while somebody is deciding.
package struct SyncConflictList: PageFragment {
    package static let template = "sync/conflict-list"

    package let items: [SyncConflictView]
    package let isEmpty: Bool
    /// Nothing waits at all, not only on this page.
    package let isAllDone: Bool
    package let connection: String
    package let action: String
    package let all: String
    package let allURL: String
    package let oursLabel: String
    package let theirsLabel: String
    package let mappingURL: String
    package let olderURL: String?
    package let refreshURL: String

    package init(
        _ facts: ConnectionHeadFacts, _ conflicts: [SyncConflictFacts], contact: ContactID? = nil,
        before: String? = nil, older: String? = nil, outcome: SyncResolutionFacts? = nil, in context: PageContext
    ) {
        let words = context.words
        self.items = conflicts.map { SyncConflictView($0, of: facts, outcome: outcome, in: context) }
        self.isEmpty = conflicts.isEmpty
        self.isAllDone = conflicts.isEmpty && facts.conflicts == 0
        self.connection = facts.name
        self.action = facts.url("/conflicts/resolutions")
        self.all = words.count("sync.conflicts.all", facts.conflicts)
        self.allURL = facts.url("/conflicts")
        self.oursLabel = words("sync.conflicts.takeOurs")
        self.theirsLabel = words("sync.conflicts.takeTheirs", ["connection": facts.name])
        self.mappingURL = facts.url("/mapping")
        self.olderURL = older.map { facts.url("/conflicts", [("contact", contact?.description), ("before", $0)]) }
        self.refreshURL = facts.fragmentURL(
            "/conflicts", [("contact", contact?.description), ("before", before)])
    }
}

/// One of them, with both values side by side.
package struct SyncConflictView: Sendable {
    package let id: String
    package let field: String
    package let remote: String
    package let person: String
    package let contactURL: String?
    package let ours: SyncValueText
    package let theirs: SyncValueText
    package let agreed: SyncValueText?
    package let since: MomentText
    package let reason: String
    package let connection: String
    package let action: String
    package let oursLabel: String
    package let theirsLabel: String
    /// What stands in the field for another value.
    package let typed: String
    /// Why what was just chosen cannot be.
    package let error: String?

    init(
        _ facts: SyncConflictFacts, of head: ConnectionHeadFacts, outcome: SyncResolutionFacts?,
        in context: PageContext
    ) {
        let words = context.words
        let refused = outcome?.refused[facts.id]
        self.id = facts.id.description
        self.field = facts.local.title(in: context)
        self.remote = facts.remote
        self.person = facts.person?.displayName(in: context) ?? words("sync.gonePerson")
        self.contactURL = facts.person.map { "/contacts/\($0.id)" }
        self.ours = SyncValueText(facts.ours, of: facts.local.field, in: context)
        self.theirs = SyncValueText(facts.theirs, of: facts.local.field, in: context)
        self.agreed = facts.agreed.map { SyncValueText($0, of: facts.local.field, in: context) }
        self.since = MomentText.sentence(facts.since, in: context)
        self.reason =
            facts.refusal.map { Self.reason($0, head, in: context) } ?? words("sync.conflicts.asked")
        self.connection = head.name
        self.action = head.url("/conflicts/resolutions")
        self.oursLabel = words("sync.conflicts.takeOurs")
        self.theirsLabel = words("sync.conflicts.takeTheirs", ["connection": head.name])
        self.typed = refused == nil ? "" : outcome?.typed ?? ""
        self.error = refused.map { $0.sentence[context.language] }
    }

    private static func reason(
        _ refusal: SyncRefusal, _ head: ConnectionHeadFacts, in context: PageContext
    ) -> String {
        let sentence = refusal.sentence[context.language]
        // What rests may have been on its way to either side.
        guard refusal != .unsettled else { return sentence }
        return context.words(
            refusal.isOfOurs ? "sync.conflicts.notGiven" : "sync.conflicts.refused",
            ["connection": head.name, "reason": sentence])
    }
}
