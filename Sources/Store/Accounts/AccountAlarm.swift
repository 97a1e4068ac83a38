package import Domain

/// The alarm that Meta disabled or restricted an account, or found a violation. Meta lifts it by reinstating the account;
/// of restrictions and violations it never says that they are over, so a person does.
package struct AccountAlarm {
    package static let kind = "account_restricted"

    let connection: any SQLConnection
    let workspace: WorkspaceID
    let wabaID: String

    /// - Parameters:
    ///   - moment: Meta's time: news may come late, and what Meta said last holds.
    ///   - id: of the alarm.
    func apply(_ standing: AccountStanding, at moment: Timestamp, id: AlarmID) throws {
        try connection.lock(["account \(wabaID)"], in: workspace)
        guard try !isOutdated(moment), try standing == .reinstated || !outweighs(standing) else { return }
        for subject in AccountStanding.allCases.map(subject) {
            try connection.clearAlarm(Self.kind, subject: subject, in: workspace, at: moment)
        }
        // That an account was reinstated is kept as an alarm that is over: what came before it raises none any more.
        try connection.execute(
            """
            INSERT INTO alarm (id, workspace_id, kind, subject, text, raised_at, cleared_at)
            VALUES (:id, :workspace_id, :kind, :subject, :text, :moment, :cleared_at)
            """,
            [
                "id": id, "workspace_id": workspace, "kind": Self.kind,
                "subject": subject(standing), "text": try JSONText.encode(standing.sentence(wabaID)), "moment": moment,
                "cleared_at": standing == .reinstated ? moment : Timestamp?.none,
            ])
    }

    private func subject(_ standing: AccountStanding) -> String { "\(wabaID) \(standing.rawValue)" }

    private func isOutdated(_ moment: Timestamp) throws -> Bool {
        let subjects = SQLValueList("subject", AccountStanding.allCases.map(subject))
        return try connection.row(
            """
            SELECT id FROM alarm
            WHERE workspace_id = :workspace_id AND kind = :kind AND subject IN \(subjects.sql) AND raised_at > :moment
            LIMIT 1
            """,
            subjects.arguments(["workspace_id": workspace, "kind": Self.kind, "moment": moment])) != nil
    }

    /// Whether something worse is the case already: who ended the alarm of the lesser would end both.
    private func outweighs(_ standing: AccountStanding) throws -> Bool {
        let worse = AccountStanding.allCases.filter { $0.weight > standing.weight }
        guard !worse.isEmpty else { return false }
        let subjects = SQLValueList("subject", worse.map(subject))
        return try connection.row(
            """
            SELECT id FROM alarm
            WHERE workspace_id = :workspace_id AND kind = :kind AND subject IN \(subjects.sql)
                AND cleared_at IS NULL
            LIMIT 1
            """, subjects.arguments(["workspace_id": workspace, "kind": Self.kind])) != nil
    }
}

extension Store {
    /// A person has seen to what Meta did to an account.
    /// - Returns: false when it was over already, or is no such alarm.
    @discardableResult
    package func dismissAccountAlarm(_ alarm: AlarmID, in workspace: WorkspaceID) async throws -> Bool {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE alarm SET cleared_at = :now
                WHERE workspace_id = :workspace_id AND id = :id AND kind = :kind AND cleared_at IS NULL
                """,
                ["now": now, "workspace_id": workspace, "id": alarm, "kind": AccountAlarm.kind]) == 1
        }
    }
}

extension AccountStanding {
    fileprivate func sentence(_ wabaID: String) -> LocalizedText {
        switch self {
        case .disabled:
            LocalizedText(
                en: """
                    Meta disabled the WhatsApp account \(wabaID): nothing can be sent. Appeal in Meta's Business Support.
                    """,
                es:
                    "Meta desactivó la cuenta de WhatsApp \(wabaID): no se puede enviar nada. Apele en el centro de ayuda de Meta."
            )
        case .willBeDisabled:
            LocalizedText(
                en: """
                    Meta is going to disable the WhatsApp account \(wabaID). Appeal in Meta's Business Support in time.
                    """,
                es: """
                    Meta va a desactivar la cuenta de WhatsApp \(wabaID). Apele a tiempo en el centro de ayuda de Meta.
                    """)
        case .deleted:
            LocalizedText(
                en: "The WhatsApp account \(wabaID) was deleted at Meta: nothing can be sent or received with it.",
                es: "La cuenta de WhatsApp \(wabaID) se eliminó en Meta: no se puede enviar ni recibir nada con ella.")
        case .restricted:
            LocalizedText(
                en:
                    "Meta restricted the WhatsApp account \(wabaID). What it may not do, and until when, is in Meta's Business Support.",
                es:
                    "Meta restringió la cuenta de WhatsApp \(wabaID). Qué no puede hacer, y hasta cuándo, está en el centro de ayuda de Meta."
            )
        case .violation:
            LocalizedText(
                en:
                    "Meta reports that the WhatsApp account \(wabaID) violated its policies. Mend the cause: restrictions may follow.",
                es:
                    "Meta notifica que la cuenta de WhatsApp \(wabaID) infringió sus políticas. Corrija la causa: pueden seguir restricciones."
            )
        case .reinstated:
            LocalizedText(
                en: "Meta reinstated the WhatsApp account \(wabaID).",
                es: "Meta restableció la cuenta de WhatsApp \(wabaID).")
        }
    }
}
