package import Domain

/// What an erasure removed, as far as it has come.
package struct ErasureFacts: Sendable {
    package struct Notice: Sendable {
        package enum State: String, CaseIterable, Sendable { case waiting, done, failed, notThere, disabled }

        package var connection: String
        package var isDeletion: Bool
        package var state: State

        package init(connection: String, isDeletion: Bool, state: State) {
            self.connection = connection
            self.isDeletion = isDeletion
            self.state = state
        }
    }

    package var id: ErasureID
    package var contact: ContactID
    package var isDone: Bool
    package var isByRule: Bool
    package var actor: String
    package var at: Timestamp
    package var doneAt: Timestamp?
    /// By the kind's name, in the order in which they are shown.
    package var counts: [(kind: String, count: Int)]
    package var notices: [Notice]

    package init(
        id: ErasureID, contact: ContactID, isDone: Bool, isByRule: Bool = false, actor: String, at: Timestamp,
        doneAt: Timestamp?, counts: [(kind: String, count: Int)], notices: [Notice]
    ) {
        self.id = id
        self.contact = contact
        self.isDone = isDone
        self.isByRule = isByRule
        self.actor = actor
        self.at = at
        self.doneAt = doneAt
        self.counts = counts
        self.notices = notices
    }
}

/// The report of an erasure. It names nobody.
package struct ErasurePage: Page {
    package static let template = "data-rights/erasure"

    package let title: String
    package let report: ErasureReport
    package let auditURL: String

    package init(_ facts: ErasureFacts, in context: PageContext) {
        self.title = context.words("dataRights.erasure.title")
        self.report = ErasureReport(facts, in: context)
        self.auditURL = "/audit?contact=\(facts.contact)"
    }
}

/// Fetched again every second until all is done.
package struct ErasureReport: PageFragment {
    package static let template = "data-rights/report"

    package struct Row: Sendable {
        package let label: String
        package let value: String
    }

    package struct Notice: Sendable {
        package let connection: String
        package let sentence: String
        package let icon: String
        package let isFailed: Bool
        package let isWaiting: Bool
    }

    package let isDone: Bool
    /// Something of it still changes by itself.
    package let isMoving: Bool
    package let sentence: String
    package let by: String
    package let began: MomentText
    package let ended: MomentText?
    package let rows: [Row]
    package let notices: [Notice]
    package let hasNotices: Bool
    package let refreshURL: String

    package init(_ facts: ErasureFacts, in context: PageContext) {
        let words = context.words
        self.isDone = facts.isDone
        self.notices = facts.notices.map { Self.notice($0, in: context) }
        self.hasNotices = !facts.notices.isEmpty
        self.isMoving = !facts.isDone || notices.contains { $0.isWaiting }
        self.sentence = words(facts.isDone ? "dataRights.erasure.done" : "dataRights.erasure.running")
        self.by =
            facts.isByRule
            ? words("dataRights.erasure.byRule") : words("dataRights.erasure.by", ["name": facts.actor])
        let began = MomentText.sentence(facts.at, in: context)
        let ended = facts.doneAt.map { MomentText.sentence($0, in: context) }
        self.began = began
        // Most take less than a minute.
        self.ended = ended?.short == began.short ? nil : ended
        self.rows = facts.counts.map { count in
            Row(label: words("dataRights.gone.\(count.kind)"), value: context.formats.number(count.count))
        }
        self.refreshURL = "/fragments/erasures/\(facts.id)"
    }

    private static func notice(_ facts: ErasureFacts.Notice, in context: PageContext) -> Notice {
        let wish = facts.isDeletion ? "delete" : "tell"
        let key =
            switch facts.state {
            case .waiting, .done, .failed: "dataRights.crm.\(wish).\(facts.state.rawValue)"
            case .notThere, .disabled: "dataRights.crm.\(facts.state.rawValue)"
            }
        let icon =
            switch facts.state {
            case .waiting: "hourglass"
            case .done: "circle-check"
            case .failed: "circle-alert"
            case .notThere: "circle-dashed"
            case .disabled: "cloud-off"
            }
        return Notice(
            connection: facts.connection, sentence: context.words(key), icon: icon, isFailed: facts.state == .failed,
            isWaiting: facts.state == .waiting)
    }
}
