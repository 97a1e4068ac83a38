import Domain

extension SalesforceConnector {
    package func versionStep() async -> CheckStep? {
        do throws(CallFailure) {
            let offered: [SalesforceVersion] = try await api.get(SalesforceAPI.versions)
            return Self.step(
                api.settings.version, of: offered.compactMap(\.version), place: api.settings.place)
        } catch {
            return CheckStep.failed(.version, error)
        }
    }

    /// - Parameters:
    ///   - used: `v66.0`
    ///   - offered: `66.0`, the oldest first.
    static func step(
        _ used: String, of offered: [String], place: SettingsPlace = .unnamed
    ) -> CheckStep? {
        guard let oldest = offered.first, let newest = offered.last else { return nil }
        guard offered.contains(String(used.dropFirst())) else {
            return CheckStep.failed(
                .version,
                cause: LocalizedText(
                    en: "This org has no version \(used) of the API, but v\(oldest) to v\(newest).",
                    es: "Esta organización no tiene la versión \(used) de la API, sino de v\(oldest) a v\(newest)."),
                remedy: remedy(place))
        }
        return CheckStep.passed(
            .version, en: "Version \(used) of the API is used; the newest of this org is v\(newest).",
            es: "Se usa la versión \(used) de la API; la más nueva de esta organización es v\(newest).")
    }
}

extension SalesforceConnector {
    /// The console asks for no version.
    private static func remedy(_ place: SettingsPlace) -> LocalizedText {
        switch place {
        case .file:
            let at = place.at("api_version")
            return LocalizedText(
                en: "Put one of these, v64.0 or newer, \(at.en)", es: "Ponga una de ellas, v64.0 o posterior, \(at.es)")
        case .console, .form:
            return LocalizedText(
                en: "Connect this org in puente.yaml instead, where api_version can be set.",
                es: "Conecte esta organización en puente.yaml, donde se puede fijar api_version.")
        }
    }
}

/// Source: Salesforce, REST API Developer Guide, "Versions".
struct SalesforceVersion: Decodable, Sendable {
    /// `66.0`
    let version: String?
}
