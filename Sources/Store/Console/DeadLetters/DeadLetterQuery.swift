package import Domain

/// Which dead letters a list shows, newest first.
package struct DeadLetterQuery: Sendable {
    package enum State: String, CaseIterable, Sendable {
        case discarded
        /// May have left; settled by evidence or, without any, discarded as "may have been sent".
        case uncertain
    }

    package var state: State
    /// Empty: all kinds.
    package var kinds: Set<JobKind>
    package var lane: Lane?
    package var contact: ContactID?
    /// Only messages that may have reached the customer: discarded ones, and those for which evidence is still waited
    /// for. `state` is then not asked.
    package var mayHaveBeenSent = false
    /// Only those that a person should have answered before this.
    package var answerBy: Timestamp?
    package var before: ListPosition?
    package var limit: Int

    package init(
        state: State = .discarded, kinds: Set<JobKind> = [], lane: Lane? = nil, contact: ContactID? = nil,
        before: ListPosition? = nil, limit: Int = ListLimit.usual
    ) {
        self.state = state
        self.kinds = kinds
        self.lane = lane
        self.contact = contact
        self.before = before
        self.limit = limit
    }
}

/// How many there are, each number up to ``ListCount/ceiling``.
package struct DeadLetterCounts: Sendable {
    package let discarded: ListCount
    package let uncertain: ListCount
    /// Messages that may have reached the customer, whether evidence is still waited for or not.
    package let mayHaveBeenSent: ListCount
    /// Of the newest discarded ones, by what they would do. A kind without any is absent.
    package let byKind: [JobKind: Int]
    /// By the number or connection.
    package let byLane: [Lane: Int]
    /// Discarded ones whose time for an answer is over.
    package let overdue: Int
}

extension DeadLetterQuery {
    /// Of a job `j` and its message `m`.
    static let mayHaveLeft =
        "j.kind = 'whatsapp.send' AND j.state IN ('discarded', 'uncertain') AND m.status = 'uncertain'"

    func conditions(in workspace: WorkspaceID) -> SQLConditions {
        var conditions = SQLConditions(workspace: workspace, alias: "j")
        // Literals, so that the partial indexes can be used.
        switch state {
        case _ where mayHaveBeenSent: conditions.add(Self.mayHaveLeft)
        case .discarded: conditions.add("j.state = 'discarded'")
        case .uncertain: conditions.add("j.state = 'uncertain'")
        }
        if let answerBy { conditions.add("j.answer_by < :answer_by", "answer_by", answerBy) }
        if !kinds.isEmpty {
            // The kinds are raw values of an enum of ours, never anybody's input.
            conditions.add("j.kind IN (\(kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))")
        }
        if let lane { conditions.add("j.lane = :lane", "lane", lane) }
        if let contact { conditions.add(person: contact, "j.ordering_key") }
        conditions.add(before: before, id: "j.id")
        return conditions
    }
}
