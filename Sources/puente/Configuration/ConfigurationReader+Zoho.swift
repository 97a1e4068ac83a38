import CRM
import Domain

extension ConfigurationReader {
    static let zohoKeys: [ConfigurationKey] = [
        .crmDataCenter, .crmAccountsURL, .crmClientID, .crmClientSecret, .crmRefreshToken, .crmWebhookSecret,
        .crmConcurrentCalls, .crmDailyCredits, .crmSweepEvery,
    ]

    mutating func zoho(_ name: String) -> CRMAccount {
        for key in [ConfigurationKey.crmClientID, .crmClientSecret, .crmRefreshToken] where !isWritten(key, name) {
            requireMissing(key, name)
        }
        let dataCenter = isWritten(.crmDataCenter, name) ? choice(.crmDataCenter, name, as: ZohoDataCenter.self) : .us
        let url = isWritten(.crmBaseURL, name) ? webAddress(.crmBaseURL, name) : nil
        let accountsURL = isWritten(.crmAccountsURL, name) ? webAddress(.crmAccountsURL, name) : nil
        return CRMAccount(
            baseURL: url ?? accountsURL ?? (dataCenter ?? .us).apiURL,
            vendor: .zoho(
                CRMAccount.Zoho(
                    dataCenter: dataCenter ?? .us, accountsURL: accountsURL, isAPIFixed: url != nil,
                    clientID: optionalWord(.crmClientID, name) ?? "",
                    clientSecret: optionalSecret(.crmClientSecret, name) ?? Secret(""),
                    refreshToken: optionalSecret(.crmRefreshToken, name) ?? Secret(""),
                    webhookSecret: zohoWebhookSecret(name),
                    concurrentCalls: isWritten(.crmConcurrentCalls, name) ? integer(.crmConcurrentCalls, name) : 4,
                    dailyCredits: isWritten(.crmDailyCredits, name) ? integer(.crmDailyCredits, name) : nil,
                    sweepEvery: isWritten(.crmSweepEvery, name) ? duration(.crmSweepEvery, name) : .minutes(5))))
    }

    /// Zoho sends it back with each call-back, and takes no longer one.
    private mutating func zohoWebhookSecret(_ name: String) -> Secret? {
        guard let written = written(.crmWebhookSecret, name) else { return nil }
        guard ZohoSettings.isNotificationToken(written.text) else {
            complain(
                written, en: "must have 16 to 50 characters, without spaces, for Zoho",
                es: "debe tener de 16 a 50 caracteres, sin espacios, para Zoho")
            return nil
        }
        return Secret(written.text)
    }
}
