import Domain

extension SalesforceConnector {
    package func versionStep() async -> CheckStep? {
        do throws(CallFailure) {
            let offered: [SalesforceVersion] = try await api.get(SalesforceAPI.versions)
            return Self.step(api.settings.version, of: offered.compactMap(\.version))
        } catch {
            return CheckStep.failed(.version, error)
        }
    }

    /// - Parameters:
    ///   - used: `v66.0`
    ///   - offered: `66.0`, the oldest first.
    static func step(_ used: String, of offered: [String]) -> CheckStep? {
        guard let oldest = offered.first, let newest = offered.last else { return nil }
        guard offered.contains(String(used.dropFirst())) else {
            return CheckStep.failed(
                .version,
                cause: LocalizedText(
                    en: "This org has no version \(used) of the API, but v\(oldest) to v\(newest).",
                    es: "Esta organización no tiene la versión \(used) de la API, sino de v\(oldest) a v\(newest)."),
                remedy: LocalizedText(
                    en: "Write one of these into puente.yaml (crm.NAME.api_version), v64.0 or newer, then restart.",
                    es: "Escriba una de ellas en puente.yaml (crm.NAME.api_version), v64.0 o posterior, y reinicie."))
        }
        return CheckStep.passed(
            .version, en: "Version \(used) of the API is used; the newest of this org is v\(newest).",
            es: "Se usa la versión \(used) de la API; la más nueva de esta organización es v\(newest).")
    }
}

/// Source: Salesforce, REST API Developer Guide, "Versions".
struct SalesforceVersion: Decodable, Sendable {
    /// `66.0`
    let version: String?
}
