import Domain

extension OdooConnector {
    private static let oldestVersion = 16
    /// From it on JSON-RPC is there beside JSON-2, until version 22 takes it away.
    private static let firstWithJSON2 = 19

    package func versionStep() async -> CheckStep? {
        do throws(CallFailure) {
            return Self.step(try await api.session())
        } catch {
            return CheckStep.failed(.version, error)
        }
    }

    static func step(_ session: OdooSession) -> CheckStep {
        let version = session.majorVersion
        guard version >= oldestVersion else {
            return .failed(
                .version,
                cause: LocalizedText(
                    en: "Odoo \(version) is older than \(oldestVersion), the first version that Puente knows.",
                    es: "Odoo \(version) es anterior a \(oldestVersion), la primera versión que Puente conoce."),
                remedy: LocalizedText(en: "Bring Odoo up to date.", es: "Actualice Odoo."))
        }
        if session.interface == .jsonRPC, version >= firstWithJSON2 {
            return .noted(
                .version,
                en: "Odoo \(version) is asked by JSON-RPC, which ends with Odoo 22. Take auto as its interface.",
                es: "Odoo \(version) se consulta por JSON-RPC, que termina con Odoo 22. Ponga auto como interface.")
        }
        let interface = session.interface == .json2 ? "JSON-2" : "JSON-RPC"
        return .passed(
            .version, en: "Odoo \(version) is asked by \(interface).",
            es: "Odoo \(version) se consulta por \(interface).")
    }
}
