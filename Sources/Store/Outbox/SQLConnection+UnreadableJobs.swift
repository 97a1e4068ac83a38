import Domain

/// Rows of jobs that this release cannot read, in the transaction that claimed them: one of them must not stop its lane.
extension SQLConnection {
    /// A job of a kind that only a newer release knows is left to the nodes that run it: a rolling update lasts less
    /// than this. After that, nobody here will ever do it.
    private static var patience: Duration { .hours(1) }
    /// How long it lies before it is looked at again; a newer node may take it up at the end of that.
    private static var pause: Duration { .seconds(30) }

    /// Puts the row back without using up an attempt, or makes it a dead letter that holds up nobody.
    /// - Parameters:
    ///   - row: columns of `ClaimedJob`.
    ///   - reason: why it could not be read.
    func setAside(_ row: SQLRow, because reason: String, grip: LaneGrip, at now: Timestamp) throws {
        let job: JobID = try row.get("id")
        let unknownKind = row.unknownKind
        let isYoung = try row.get("created_at", as: Timestamp.self) + Self.patience > now
        let result =
            unknownKind != nil && isYoung
            ? JobResult(job: job, outcome: .snoozed(until: now + Self.pause), failure: nil)
            : JobResult(
                job: job, outcome: .discarded, failure: unknownKind.map(CallFailure.unknown) ?? .unreadable(reason))
        try finish([result], grip: grip, policy: RetryPolicy(), holdsFollowers: false, at: now)
    }
}

extension SQLRow {
    /// Nil when it is a kind of ours, or no text at all.
    fileprivate var unknownKind: String? {
        // Not the kind is at fault when even its text cannot be read.
        guard let kind = try? get("kind", as: String.self), JobKind(rawValue: kind) == nil else { return nil }
        return kind
    }
}

extension CallFailure {
    fileprivate static func unknown(_ kind: String) -> CallFailure {
        CallFailure(
            kind: .permanent, code: "unknown_job_kind", scope: .message, vendorText: String(kind.prefix(500)),
            advice: LocalizedText(
                en: """
                    A newer version of Puente wrote this, and the one that runs now does not know what it is. Install the \
                    newer version, then try again; or dismiss it.
                    """,
                es: """
                    Lo escribió una versión más nueva de Puente y la que funciona ahora no sabe qué es. Instale la versión \
                    más nueva e inténtelo de nuevo, o descártelo.
                    """))
    }

    fileprivate static func unreadable(_ reason: String) -> CallFailure {
        CallFailure(
            kind: .permanent, code: "unreadable_job", scope: .message, vendorText: String(reason.prefix(500)),
            advice: LocalizedText(
                en: "What is stored of this cannot be read, so it was not done. Dismiss it.",
                es: "Lo guardado no se puede leer, así que no se hizo. Descártelo."))
    }
}
