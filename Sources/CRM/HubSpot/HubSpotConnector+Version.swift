extension HubSpotConnector {
    private static let monthsOfSupport = 18

    /// HubSpot lists its versions nowhere: that of the setting is tried by the other steps.
    /// Source: HubSpot, "API versioning": each dated version is supported for 18 months, version 3 until September 2027.
    package func versionStep() async -> CheckStep? {
        switch api.settings.version {
        case .v3:
            return CheckStep.noted(
                .version,
                en: "Version 3 of the API is used, which HubSpot supports until 2027-09. Take a dated api_version.",
                es: "Se usa la versión 3 de la API, que HubSpot mantiene hasta 2027-09. Ponga una con fecha.")
        case .dated(let date):
            let end = Self.end(of: date)
            return CheckStep.passed(
                .version, en: "Version \(date) of the API is used, which HubSpot supports until \(end).",
                es: "Se usa la versión \(date) de la API, que HubSpot mantiene hasta \(end).")
        }
    }

    /// `2028-03` for `2026-09`.
    static func end(of version: String) -> String {
        let parts = version.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2 else { return version }
        let months = parts[0] * 12 + parts[1] - 1 + monthsOfSupport
        let month = months % 12 + 1
        return "\(months / 12)-\(month < 10 ? "0" : "")\(month)"
    }
}
