import CRM
import Domain

extension ConfigurationReader {
    mutating func crmAccounts() -> [String: CRMAccount] {
        var accounts: [String: CRMAccount] = [:]
        for name in names(in: "crm") { accounts[name] = crmAccount(name) }
        return accounts
    }

    private mutating func crmAccount(_ name: String) -> CRMAccount? {
        guard let kind = choice(.crmKind, name, as: ConnectorKind.self) else { return nil }
        refuseKeysOfOthers(kind, name)
        var account =
            switch kind {
            case .hubspot: hubSpot(name)
            case .own: ownSystem(name)
            case .odoo: odoo(name)
            case .salesforce: salesforce(name)
            case .zoho: zoho(name)
            }
        if isWritten(.crmTier, name) { account.tier = choice(.crmTier, name) }
        account.expiresOn = [account.expiresOn, expiry(name)].compactMap(\.self).min()
        if isWritten(.crmCompareEvery, name) { account.compareEvery = duration(.crmCompareEvery, name) }
        return account
    }

    private mutating func expiry(_ name: String) -> CivilDate? {
        guard let written = written(.crmExpiresOn, name) else { return nil }
        let parts = written.text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
        guard parts.map(\.utf8.count) == [4, 2, 2], numbers.count == 3,
            let day = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
        else {
            complain(
                written, en: "must be a day written like 2027-03-31", es: "debe ser un día escrito como 2027-03-31")
            return nil
        }
        return day
    }

    /// What a kind has besides `kind` and `base_url`.
    private static func keys(of kind: ConnectorKind) -> [ConfigurationKey] {
        switch kind {
        case .hubspot:
            [
                .crmToken, .crmClientSecret, .crmAppID, .crmClientID, .crmRefreshToken, .crmVersion, .crmSweepEvery,
            ]
        case .own: [.crmSecret, .crmPreviousSecret, .crmBatchSize]
        case .odoo: odooKeys
        case .salesforce: salesforceKeys
        case .zoho: zohoKeys
        }
    }

    private mutating func refuseKeysOfOthers(_ kind: ConnectorKind, _ name: String) {
        let own = Set(Self.keys(of: kind).map(\.pattern))
        for key in ConfigurationKey.crm where !own.contains(key.pattern) && isWritten(key, name) {
            let owners = ConnectorKind.allCases.filter { Self.keys(of: $0).contains { $0.pattern == key.pattern } }
            guard !owners.isEmpty else { continue }
            complain(
                key, name,
                en: "belongs to kind \(Self.list(owners, "or")), and crm.\(name) is of kind \(kind)",
                es: "es de la clase \(Self.list(owners, "o")), y crm.\(name) es de la clase \(kind)")
        }
    }

    private static func list(_ kinds: [ConnectorKind], _ or: String) -> String {
        kinds.map(\.rawValue).joined(separator: " \(or) ")
    }

    // MARK: HubSpot

    private mutating func hubSpot(_ name: String) -> CRMAccount {
        let url = isWritten(.crmBaseURL, name) ? webAddress(.crmBaseURL, name) : HubSpotSettings.defaultURL
        requireHubSpotCredential(name)
        return CRMAccount(
            baseURL: url ?? "",
            vendor: .hubspot(
                CRMAccount.HubSpot(
                    token: optionalSecret(.crmToken, name), refreshToken: optionalSecret(.crmRefreshToken, name),
                    clientSecret: optionalSecret(.crmClientSecret, name), appID: optionalWord(.crmAppID, name),
                    clientID: clientID(name), version: hubSpotVersion(name),
                    sweepEvery: isWritten(.crmSweepEvery, name) ? duration(.crmSweepEvery, name) : .minutes(5))))
    }

    /// Either the token, or the three parts of an app with OAuth. What only an app with a token of its own has besides, the
    /// client secret for its webhooks, does not decide.
    private mutating func requireHubSpotCredential(_ name: String) {
        guard isWritten(.crmRefreshToken, name) else {
            if !isWritten(.crmToken, name) { requireMissing(.crmToken, name) }
            return
        }
        for key in [ConfigurationKey.crmClientID, .crmClientSecret] where !isWritten(key, name) {
            requireMissing(key, name)
        }
        if isWritten(.crmToken, name) {
            complain(
                .crmToken, name, en: "must be left out beside refresh_token, which gives the access tokens",
                es: "debe omitirse junto a refresh_token, que da los tokens de acceso")
        }
    }

    /// R3: 32 characters. HubSpot writes them in groups with hyphens.
    private mutating func clientID(_ name: String) -> String? {
        guard let written = written(.crmClientID, name) else { return nil }
        let digits = written.text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32, digits.allSatisfy({ $0.isHexadecimalDigit }) else {
            complain(
                written, en: "must have 32 hexadecimal digits, as HubSpot shows it under Auth",
                es: "debe tener 32 cifras hexadecimales, como lo muestra HubSpot en Auth")
            return nil
        }
        return written.text
    }

    private mutating func hubSpotVersion(_ name: String) -> String {
        guard let written = written(.crmVersion, name) else { return "2026-09" }
        let parts = written.text.split(separator: "-", omittingEmptySubsequences: false)
        let isDate = parts.map(\.utf8.count) == [4, 2] && parts.allSatisfy { $0.utf8.allSatisfy(\.isDigit) }
        if written.text != "v3", !isDate {
            complain(written, en: "must be written like 2026-09, or v3", es: "debe escribirse como 2026-09, o v3")
        }
        return written.text
    }

    // MARK: the company's own system

    private mutating func ownSystem(_ name: String) -> CRMAccount {
        if !isWritten(.crmBaseURL, name) { requireMissing(.crmBaseURL, name) }
        if !isWritten(.crmSecret, name) { requireMissing(.crmSecret, name) }
        return CRMAccount(
            baseURL: webAddress(.crmBaseURL, name) ?? "",
            vendor: .own(
                CRMAccount.OwnSystem(
                    secret: signingSecret(.crmSecret, name) ?? Secret(""),
                    previousSecret: signingSecret(.crmPreviousSecret, name),
                    batchSize: isWritten(.crmBatchSize, name)
                        ? integer(.crmBatchSize, name) : OwnSystemSettings.maxBatch)))
    }

    private mutating func signingSecret(_ key: ConfigurationKey, _ name: String) -> Secret? {
        guard let written = written(key, name) else { return nil }
        guard StandardWebhooks.Secret(written.text) != nil else {
            complain(
                written, en: "must be written whsec_ and the base64 of 24 to 64 random bytes",
                es: "debe escribirse whsec_ y el base64 de 24 a 64 bytes al azar")
            return nil
        }
        return Secret(written.text)
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
    }
}
