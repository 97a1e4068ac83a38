import Domain

extension SQLConnection {
    /// What a company says about consent. What cannot be read any more has its standard: customers are understood all the
    /// same.
    func consentSettings(in workspace: WorkspaceID) throws -> ConsentSettings {
        try setting(ConsentSettings.settingName, in: workspace) ?? ConsentSettings()
    }

    func sendGateRules(in workspace: WorkspaceID) throws -> SendGateRules {
        try setting(SendGateRules.settingName, in: workspace) ?? SendGateRules()
    }

    func setting<Value: Decodable>(_ name: String, in workspace: WorkspaceID) throws -> Value? {
        try row(
            "SELECT value FROM setting WHERE workspace_id = :workspace_id AND name = :name",
            ["workspace_id": workspace, "name": name])?.decoration("value")
    }

    func set(
        _ name: String, to value: some Encodable, in workspace: WorkspaceID, by actor: String, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO setting (workspace_id, name, value, changed_at, actor)
            VALUES (:workspace_id, :name, :value, :now, :actor)
            ON CONFLICT (workspace_id, name) DO UPDATE
            SET value = excluded.value, changed_at = excluded.changed_at, actor = excluded.actor
            """,
            [
                "workspace_id": workspace, "name": name, "value": try JSONText.encode(value), "now": now,
                "actor": actor,
            ])
    }

    /// Who writes from a number, and in which language of those that a word is said in.
    func sender(of number: NumberID, in workspace: WorkspaceID) throws -> ConsentSender {
        let row = try row(
            """
            SELECT n.verified_name, w.name AS workspace_name, w.language, w.region
            FROM number n
            JOIN workspace w ON w.id = n.workspace_id
            WHERE n.workspace_id = :workspace_id AND n.id = :id
            """, ["workspace_id": workspace, "id": number])
        guard let row else { throw PuenteError.noNumber }
        return ConsentSender(
            name: try row.sender, language: ConsentLanguage(code: try row.get("language")),
            isWrittenTraditionally: ["TW", "HK", "MO"].contains(try row.get("region", as: String.self)))
    }
}

struct ConsentSender {
    let name: SenderName
    /// The workspace's, where it is one of ours.
    let language: ConsentLanguage?
    /// Chinese is written in its traditional letters there.
    let isWrittenTraditionally: Bool

    /// The one to answer in: the company's where the word is said in it, else the first.
    func choice(of languages: [ConsentLanguage]) -> ConsentLanguage {
        if let language, languages.isEmpty || languages.contains(language) { return language }
        if isWrittenTraditionally, languages.contains(.traditionalChinese) { return .traditionalChinese }
        return languages.first ?? .english
    }
}
