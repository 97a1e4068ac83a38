package import Domain

extension Store {
    package func consentSettings(in workspace: WorkspaceID) async throws -> ConsentSettings {
        try await database.read(on: .console) { try $0.consentSettings(in: workspace) }
    }

    package func sendGateRules(in workspace: WorkspaceID) async throws -> SendGateRules {
        try await database.read(on: .console) { try $0.sendGateRules(in: workspace) }
    }

    /// Changes the settings as they are when it is written: two people who change different parts at once both do.
    /// - Throws: `invalid` from `change` or where the result could not work: see ``Domain/ConsentSettings/problem``.
    package func changeConsentSettings(
        in workspace: WorkspaceID, by actor: String,
        _ change: @escaping @Sendable (inout ConsentSettings) throws -> Void
    ) async throws {
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            try connection.lock(["setting \(ConsentSettings.settingName)"], in: workspace)
            let before = try connection.consentSettings(in: workspace)
            var settings = before
            try change(&settings)
            if let problem = settings.problem { throw problem }
            try connection.set(ConsentSettings.settingName, to: settings, in: workspace, by: actor, at: now)
            guard settings != before else { return }
            try connection.noteSetting(ConsentSettings.settingName, by: actor, in: workspace, store: store, at: now)
        }
    }

    /// - Throws: `invalid` where they could not work: see ``Domain/SendGateRules/problem``.
    package func setSendGateRules(_ rules: SendGateRules, in workspace: WorkspaceID, by actor: String) async throws {
        if let problem = rules.problem { throw problem }
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            try connection.lock(["setting \(SendGateRules.settingName)"], in: workspace)
            let before = try connection.sendGateRules(in: workspace)
            try connection.set(SendGateRules.settingName, to: rules, in: workspace, by: actor, at: now)
            guard rules != before else { return }
            try connection.noteSetting(SendGateRules.settingName, by: actor, in: workspace, store: store, at: now)
        }
    }
}

extension SQLConnection {
    fileprivate func noteSetting(
        _ name: String, by actor: String, in workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws {
        try note(
            .consentSettingsChanged, of: workspace.rawValue, by: actor, in: workspace, detail: ["setting": name],
            store: store, at: now)
    }
}
