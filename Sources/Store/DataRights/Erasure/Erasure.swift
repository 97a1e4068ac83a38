package import Domain

/// That a person was erased: by whom, and how much of each kind went. Nothing in it says who the person was.
package struct Erasure: Sendable {
    package enum State: String, SQLConvertible, Sendable {
        /// The contact is gone from every page; messages, files and raw webhooks follow.
        case running
        case done
    }

    /// Why somebody was erased.
    package enum Reason: String, SQLConvertible, Sendable {
        /// A person of the company, or a program of theirs, said so.
        case request
        /// A retention rule. Nobody asked to be forgotten: they may come back by an import, and the CRMs are not told.
        case retention
    }

    /// What went, kind by kind.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case handles, conversations, messages, files, details, consents, records, changes, notices, mentions, bodies,
            jobs
    }

    /// What a CRM was asked to do, and what became of that.
    package struct Notice: Sendable {
        package enum State: String, SQLConvertible, Sendable {
            /// The job waits, or is being done.
            case waiting
            case done
            /// A dead letter: a person decides.
            case failed
            /// The CRM had no record of the person.
            case notThere = "not_there"
            /// The connection is switched off: nobody told it.
            case disabled
        }

        package let connection: ConnectionID
        /// Its name in the configuration.
        package let name: String
        /// `hubspot`, `own`, …
        package let kind: String
        package let wish: ErasureWish
        package let state: State
        package let at: Timestamp
    }

    package let id: ErasureID
    package let contact: ContactID
    package let state: State
    package let reason: Reason
    package let actor: String
    package let at: Timestamp
    package let doneAt: Timestamp?
    /// Kinds of which there was nothing are missing.
    package let counts: [Kind: Int]
    package let notices: [Notice]
}

/// What the CRMs shall do about a person who is erased here.
package enum ErasureWish: String, SQLConvertible, CaseIterable, Codable, Sendable {
    /// They are told, and people decide there what becomes of their record.
    case tell
    /// They are told, and a CRM that can is asked to delete its record for good.
    case delete
}

/// An erasure that has begun, with what is still looked for.
package struct OpenErasure: Sendable {
    package let id: ErasureID
    package let workspace: WorkspaceID
    /// The newest raw body that was looked through.
    package let place: IntakeID
    /// Raw bodies before this one may name the person.
    let lastBody: IntakeID
    package let traces: PersonTraces
}

extension Erasure {
    static let columns = "id, workspace_id, contact_id, state, reason, actor, at, done_at, counts"

    init(_ row: SQLRow, notices: [Notice]) throws {
        id = try row.get("id")
        contact = try row.get("contact_id")
        state = try row.get("state")
        reason = try row.get("reason")
        actor = try row.get("actor")
        at = try row.get("at")
        doneAt = try row.get("done_at")
        let counts: [String: Int] = try row.json("counts")
        self.counts = counts.reduce(into: [:]) { found, count in
            if let kind = Kind(rawValue: count.key), count.value > 0 { found[kind] = count.value }
        }
        self.notices = notices
    }
}
