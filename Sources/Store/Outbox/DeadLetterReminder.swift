import Domain

/// The alarm that dead letters are due: one for a workspace, with how many there are. They leave in many ways (a person
/// settles them, a later status proves that the message left, the message is pruned), so it is drawn from what is due at
/// the moment.
struct DeadLetterReminder {
    static let kind = "dead_letters_due"
    private static let subject = "dead_letters"

    let connection: any SQLConnection
    let workspace: WorkspaceID

    /// Whether it says something else than is so.
    func isStale() throws -> Bool {
        try shownText() != dueText()
    }

    /// Raises it, brings it up to date, or clears it.
    func refresh(id: AlarmID, at now: Timestamp) throws {
        guard let text = try dueText() else {
            return try connection.clearAlarm(Self.kind, subject: Self.subject, in: workspace, at: now)
        }
        try connection.raiseAlarm(Self.kind, subject: Self.subject, text: text, in: workspace, id: id, at: now)
        var arguments = arguments
        arguments.set("text", try JSONText.encode(text))
        try connection.execute("UPDATE alarm SET text = :text WHERE \(Self.isIt)", arguments)
    }

    private static let isIt = """
        workspace_id = :workspace_id AND kind = :kind AND subject = :subject AND cleared_at IS NULL
        """

    private var arguments: SQLArguments {
        ["workspace_id": workspace, "kind": Self.kind, "subject": Self.subject]
    }

    private func shownText() throws -> LocalizedText? {
        try connection.row("SELECT text FROM alarm WHERE \(Self.isIt)", arguments).map { try $0.json("text") }
    }

    private func dueText() throws -> LocalizedText? {
        let due = try connection.count(
            // In the order of the dead letters' own index, which holds nothing else.
            """
            FROM job
            WHERE workspace_id = :workspace_id AND state = 'discarded' AND reminded_at IS NOT NULL
            ORDER BY workspace_id, id
            """, ["workspace_id": workspace])
        return due.value == 0 ? nil : .deadLettersDue(due.value, orMore: due.isMore)
    }
}

extension LocalizedText {
    fileprivate static func deadLettersDue(_ count: Int, orMore isMore: Bool) -> LocalizedText {
        guard count > 1 else {
            return LocalizedText(
                en: "1 dead letter is due for an answer. Open Dead letters and mend, repeat or dismiss it.",
                es:
                    "1 entrega fallida espera respuesta. Ábrala en «Fallidas» y corríjala, repítala o descártela."
            )
        }
        return LocalizedText(
            en:
                "\(isMore ? "More than " : "")\(count) dead letters are due for an answer. Open Dead letters and mend, repeat or dismiss them.",
            es:
                "\(isMore ? "Más de " : "")\(count) entregas fallidas esperan respuesta. Ábralas en «Fallidas» y corríjalas, repítalas o descártelas."
        )
    }
}
