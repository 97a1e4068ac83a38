import CRM
import Domain

extension ConfigurationReader {
    static let odooKeys: [ConfigurationKey] = [
        .crmToken, .crmUsername, .crmDatabase, .crmInterface, .crmWebhookSecret, .crmCallsPerSecond, .crmSweepEvery,
    ]

    mutating func odoo(_ name: String) -> CRMAccount {
        if !isWritten(.crmBaseURL, name) { requireMissing(.crmBaseURL, name) }
        if !isWritten(.crmToken, name) { requireMissing(.crmToken, name) }
        let interface =
            isWritten(.crmInterface, name) ? choice(.crmInterface, name, as: OdooSettings.Interface.self) : .auto
        let (database, username) = (optionalWord(.crmDatabase, name), optionalWord(.crmUsername, name))
        if interface == .jsonrpc, database == nil { requireMissing(.crmDatabase, name) }
        if interface == .jsonrpc, username == nil { requireMissing(.crmUsername, name) }
        return CRMAccount(
            baseURL: webAddress(.crmBaseURL, name) ?? "",
            vendor: .odoo(
                CRMAccount.Odoo(
                    database: database, username: username, token: secret(.crmToken, name),
                    interface: interface ?? .auto, webhookSecret: webhookSecret(name),
                    callsPerSecond: isWritten(.crmCallsPerSecond, name) ? integer(.crmCallsPerSecond, name) : nil,
                    sweepEvery: isWritten(.crmSweepEvery, name) ? duration(.crmSweepEvery, name) : .minutes(5))))
    }

    private mutating func webhookSecret(_ name: String) -> Secret? {
        guard let written = written(.crmWebhookSecret, name) else { return nil }
        guard OdooSettings.isSecret(written.text) else {
            complain(
                written, en: "must have 16 to 200 letters, digits, hyphens and underscores",
                es: "debe tener de 16 a 200 letras, cifras, guiones y guiones bajos")
            return nil
        }
        return Secret(written.text)
    }
}
