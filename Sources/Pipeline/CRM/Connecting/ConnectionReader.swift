import CRM
import Domain
import OutboundHTTP
import Store

/// Turns a draft into what is kept, or says of each field what is wrong with it.
struct ConnectionReader {
    private let kind: ConnectorKind
    private var values: [ConnectionField: String]
    /// Secrets that may not be taken over, since they would go to another address.
    private let isMoved: Bool
    private(set) var problems: [ConnectionField: LocalizedText] = [:]

    /// - Parameters:
    ///   - kept: of the connection that is changed: a secret that was left empty stays as it is, unless it is dropped, or
    ///     the address is another than before.
    ///   - made: what nobody types, where nothing of it is kept.
    init(
        _ draft: ConnectionDraft, kept: [ConnectionField: String] = [:], made: [ConnectionField: String] = [:]
    ) {
        kind = draft.kind
        var values = draft.values
        if kind == .hubspot, values[.baseURL] == nil { values[.baseURL] = HubSpotSettings.defaultURL }
        isMoved = !kept.isEmpty && Self.isMoved(from: kept, to: values)
        self.values = values
        if !isMoved {
            for (field, value) in kept where field.isSecret && values[field] == nil {
                guard isWanted(field), !draft.dropped.contains(field) else { continue }
                self.values[field] = value
            }
        }
        self.values.merge(made) { kept, _ in kept }
    }

    private static func isMoved(from kept: [ConnectionField: String], to values: [ConnectionField: String]) -> Bool {
        ConnectionField.allCases.filter(\.isDestination).contains { field in
            let (one, other) = (kept[field], values[field])
            return one != other && (one.flatMap(url) ?? one) != (other.flatMap(url) ?? other)
        }
    }

    /// Two ways of one CRM exclude each other: what was kept for the one is not taken into the other.
    private func isWanted(_ field: ConnectionField) -> Bool {
        switch (kind, field) {
        case (.salesforce, .privateKey): values[.username] != nil
        case (.salesforce, _): values[.username] == nil
        case (.hubspot, .token): values[.refreshToken] == nil
        case (.hubspot, .refreshToken): values[.token] == nil
        default: true
        }
    }

    /// - Throws: each problem with its field.
    mutating func read() throws(ConnectionProblems) -> Provision.Connection {
        for field in kind.requiredFields where values[field] == nil {
            complain(field, isMoved && field.isSecret ? .typeAgain : .missing)
        }
        switch kind {
        case .hubspot: checkHubSpotWay()
        case .salesforce: checkSalesforceWay()
        case .zoho, .odoo, .own: break
        }
        for (field, value) in values {
            guard value.utf8.count <= ConnectionField.maxBytes else {
                complain(field, .tooLong)
                continue
            }
            if let problem = problem(of: field, value) { complain(field, problem) }
        }
        guard problems.isEmpty else { throw ConnectionProblems(problems) }
        do {
            return try stored()
        } catch {
            // Texts are always encodable; if ever not, nothing is kept.
            throw ConnectionProblems([kind.fields[0]: .same("\(error)")])
        }
    }

    /// What it takes to exchange the code for a refresh token. The rest is looked at when it is kept.
    mutating func exchange() throws(ConnectionProblems) -> CodeExchange {
        let destination: ConnectionField = kind == .zoho ? .dataCenter : .redirectURL
        for field in [destination, .clientID, .clientSecret, .code] where values[field] == nil {
            complain(field, isMoved && field.isSecret ? .typeAgain : .missing)
        }
        for field in [destination, .clientID, .clientSecret, .code, .baseURL, .accountsURL] {
            guard let value = values[field] else { continue }
            if value.utf8.count > ConnectionField.maxBytes {
                complain(field, .tooLong)
            } else if let problem = problem(of: field, value) {
                complain(field, problem)
            }
        }
        guard problems.isEmpty else { throw ConnectionProblems(problems) }
        return CodeExchange(
            vendor: codeVendor, clientID: values[.clientID] ?? "", clientSecret: secret(.clientSecret),
            code: secret(.code))
    }

    private var codeVendor: CodeExchange.Vendor {
        if kind == .zoho {
            let center = ZohoDataCenter(rawValue: values[.dataCenter] ?? "") ?? .us
            return .zoho(accountsURL: address(.accountsURL) ?? center.accountsURL)
        }
        // As it was typed: the vendor compares it letter by letter.
        return .hubspot(
            baseURL: address(.baseURL) ?? HubSpotSettings.defaultURL, redirectURL: values[.redirectURL] ?? "")
    }

    private mutating func complain(_ field: ConnectionField, _ problem: LocalizedText) {
        if problems[field] == nil { problems[field] = problem }
    }

    private mutating func checkHubSpotWay() {
        guard values[.refreshToken] != nil else {
            guard values[.token] == nil else { return }
            if values[.redirectURL] != nil { return complain(.code, .authoriseFirst) }
            complain(.token, isMoved ? .typeAgain : .missing)
            return
        }
        if values[.token] != nil { complain(.token, .oneWayToHubSpot) }
        for field in [ConnectionField.clientID, .clientSecret] where values[field] == nil {
            complain(field, isMoved && field.isSecret ? .typeAgain : .missing)
        }
    }

    private mutating func checkSalesforceWay() {
        let isJWT = values[.username] != nil || values[.privateKey] != nil
        let needed: [ConnectionField] = isJWT ? [.username, .privateKey] : [.clientSecret]
        for field in needed where values[field] == nil {
            complain(field, isMoved && field.isSecret ? .typeAgain : .missing)
        }
        if isJWT, values[.clientSecret] != nil { complain(.clientSecret, .oneWay) }
    }

    // MARK: Shapes

    private func problem(of field: ConnectionField, _ value: String) -> LocalizedText? {
        switch field {
        case .baseURL, .accountsURL, .audience, .redirectURL: Self.url(value) == nil ? .noAddress : nil
        case .token, .clientID, .clientSecret, .refreshToken, .code, .appID, .database, .username:
            value.utf8.allSatisfy { (0x21...0x7e).contains($0) } ? nil : .noWord
        case .privateKey: SalesforceSettings.isPrivateKey(value) ? nil : .noKey
        case .dataCenter: ZohoDataCenter(rawValue: value) == nil ? .noDataCenter : nil
        case .webhookSecret:
            switch kind {
            case .zoho: ZohoSettings.isNotificationToken(value) ? nil : .noWebhookSecret
            case .hubspot, .salesforce, .odoo, .own: OdooSettings.isSecret(value) ? nil : .noWebhookSecret
            }
        case .secret, .previousSecret: StandardWebhooks.Secret(value) == nil ? .noSigningSecret : nil
        case .expiresOn: CivilDate(isoDay: value) == nil ? .noDay : nil
        case .tier: StoredPace.Tier(rawValue: value) == nil ? .noTier : nil
        case .sweepEvery: StoredPace.span(value, in: StoredPace.sweepSpans) == nil ? .noSweepSpan : nil
        case .compareEvery: StoredPace.span(value, in: StoredPace.compareSpans) == nil ? .noCompareSpan : nil
        case .batchSize: StoredPace.number(value, in: 1...OwnSystemSettings.maxBatch) == nil ? .noBatchSize : nil
        case .callsPerSecond: StoredPace.number(value, in: StoredPace.callsPerSecond) == nil ? .noCallRate : nil
        }
    }

    /// In its one spelling, without a slash at its end.
    static func url(_ text: String) -> String? {
        guard let address = WebAddress(text), !address.rest.contains("?") else { return nil }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        return url
    }

    private func address(_ field: ConnectionField) -> String? { values[field].flatMap(Self.url) }

    private func secret(_ field: ConnectionField) -> String { values[field] ?? "" }

    private var pace: StoredPace { StoredPace(values) }

    // MARK: What is kept

    private func stored() throws -> Provision.Connection {
        switch kind {
        case .hubspot:
            try StoredCRM.hubspot(
                .init(appID: values[.appID], clientID: values[.clientID]),
                .init(
                    token: values[.token], clientSecret: values[.clientSecret], refreshToken: values[.refreshToken])
            ).provision(at: address(.baseURL) ?? HubSpotSettings.defaultURL, pace: pace)
        case .salesforce:
            try StoredCRM.salesforce(
                .init(
                    version: SalesforceSettings.defaultVersion, clientID: values[.clientID] ?? "",
                    username: values[.username], audience: address(.audience), expiresOn: values[.expiresOn]),
                .init(secret: secret(values[.username] == nil ? .clientSecret : .privateKey))
            ).provision(at: address(.baseURL) ?? "", pace: pace)
        case .zoho:
            try StoredCRM.zoho(
                .init(
                    dataCenter: values[.dataCenter] ?? "", accountsURL: address(.accountsURL), isAPIFixed: false,
                    clientID: values[.clientID] ?? ""),
                .init(
                    clientSecret: secret(.clientSecret), refreshToken: secret(.refreshToken),
                    webhookSecret: values[.webhookSecret])
            ).provision(
                at: address(.accountsURL) ?? (ZohoDataCenter(rawValue: values[.dataCenter] ?? "") ?? .us).apiURL,
                pace: pace)
        case .odoo:
            try StoredCRM.odoo(
                .init(
                    database: values[.database], username: values[.username],
                    callsPerSecond: values[.callsPerSecond].flatMap { Int($0) }, expiresOn: values[.expiresOn]),
                .init(token: secret(.token), webhookSecret: values[.webhookSecret])
            ).provision(at: address(.baseURL) ?? "", pace: pace)
        case .own:
            try StoredCRM.own(
                .init(batchSize: values[.batchSize].flatMap { Int($0) }),
                .init(secret: secret(.secret), previousSecret: values[.previousSecret])
            ).provision(at: address(.baseURL) ?? "", pace: pace)
        }
    }
}

extension CivilDate {
    /// `2027-03-31` and nothing else.
    init?(isoDay text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard parts.map(\.utf8.count) == [4, 2, 2], numbers.count == 3 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }
}
