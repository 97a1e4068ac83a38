import Domain
import Store

/// Everything about a workspace's connections at one moment, and the facts of the page made of it.
struct ConnectionsReading {
    private let overview: ConnectionsOverview
    private let numberAccounts: [NumberAccount]
    private let crmAccounts: [ConnectionAccount]
    private let heldMessages: Int
    private let publicURL: String?

    init(_ visit: Visit) async throws {
        let workspace = visit.workspace
        overview = try await visit.store.connectionsOverview(in: workspace)
        numberAccounts = try await visit.store.numberAccounts().filter { $0.workspace == workspace }
        crmAccounts = try await visit.store.connectionAccounts().filter { $0.workspace == workspace }
        heldMessages =
            overview.held == nil ? 0 : try await visit.store.deadLetterCounts(in: workspace).mayHaveBeenSent.value
        publicURL = visit.parts.settings.publicURL
    }

    /// - Throws: `notFound`.
    func subject(_ id: String) throws -> ConnectionSubject {
        if let account = numberAccounts.first(where: { $0.id.description == id }) { return .number(account) }
        if let account = crmAccounts.first(where: { $0.id.description == id }) { return .crm(account) }
        throw PuenteError.noSuchPage
    }

    func pauses(of subject: ConnectionSubject) -> [Pause] {
        overview.pauses.filter { subject.pauseKeys[$0.scope] == $0.key }
    }

    var hold: HoldFacts? {
        overview.held.map { held in
            let restored = held.since ?? Timestamp(milliseconds: 0)
            return HoldFacts(
                restoredAt: restored, backupAt: held.backupAt ?? restored, heldMessages: heldMessages)
        }
    }

    /// What Meta said of late, newest first.
    var news: [NewsFacts] { overview.notices.map { NewsFacts($0, numbers: overview.numbers) } }

    var accountAlarms: [AccountAlarmFacts] {
        overview.alarms.filter { $0.kind == AccountAlarm.kind }.map {
            AccountAlarmFacts(id: $0.id.description, sentence: $0.text, since: $0.raisedAt)
        }
    }

    // MARK: Cards

    func numbers(_ checks: CheckBoard) -> [ConnectionFacts] {
        overview.numbers.map { number in
            let id = number.id.description
            let pause = pause(id)
            let finding = checks.finding(id)
            return ConnectionFacts(
                id: id, kind: .number, name: number.name, address: number.writtenNumber,
                health: health(
                    number.state, pause: pause, finding: finding, isHeard: number.lastEventAt != nil,
                    lanes: [.number(number.id), .media(number.id)]),
                isProvisioned: number.isProvisioned, lastEvent: number.lastEventAt,
                waiting: waiting([.number(number.id), .media(number.id)]), stranded: stranded(.number(number.id)),
                pause: pause, details: details(number), checks: finding?.shown ?? [], checkedAt: finding?.at)
        }
    }

    func crms(_ checks: CheckBoard) -> [ConnectionFacts] {
        overview.connections.map { crm in
            let id = crm.id.description
            let pause = pause(id)
            let finding = checks.finding(id)
            return ConnectionFacts(
                id: id, kind: .crm(vendor: Self.vendor(crm.kind)), name: CRMName.shown(crm.name, kind: crm.kind),
                address: Self.host(crm.baseURL), page: crm.accountPage,
                health: health(
                    crm.state, pause: pause, finding: finding, isHeard: crm.lastOkAt != nil,
                    lanes: [.connection(crm.id)]),
                isProvisioned: crm.isProvisioned, lastEvent: crm.lastOkAt, waiting: waiting([.connection(crm.id)]),
                stranded: stranded(.connection(crm.id)), pause: pause, details: details(crm),
                checks: finding?.shown ?? [], checkedAt: finding?.at,
                mapping: "/connections/\(QueryText.encode(crm.name))/mapping", slug: crm.name)
        }
    }

    private func health(
        _ state: NumberSummary.State, pause: ConnectionFacts.Pause?, finding: CheckBoard.Finding?, isHeard: Bool,
        lanes: Set<Lane>
    ) -> ConnectionFacts.Health {
        switch state {
        case .disabled: return .disabled
        case .connected: break
        }
        if pause != nil { return .paused }
        if finding?.isFailed == true || isAway(lanes) { return .failing }
        // A lane that nobody works is taken over within seconds; one that stays so is news.
        let isWorked = overview.lanes.filter { lanes.contains($0.lane) && $0.isEnabled }.allSatisfy(\.isWorked)
        if !isWorked || needsAttention(lanes) { return .attention }
        if finding?.checks.contains(where: { $0.state == .warned }) == true { return .attention }
        return isHeard || finding?.isPassed == true ? .working : .unknown
    }

    /// An alarm says that what one of the lanes leads to is away.
    private func isAway(_ lanes: Set<Lane>) -> Bool {
        overview.alarms.contains { alarm in
            alarm.kind == AwayAlarm.kind && AwayAlarm.lane(of: alarm.subject).map { lanes.contains($0) } ?? false
        }
    }

    /// An alarm says that the CRM does not tell of changes, that its credentials end, or that it lacks a mapped field.
    private func needsAttention(_ lanes: Set<Lane>) -> Bool {
        overview.alarms.contains { alarm in
            switch alarm.kind {
            case PushAlarm.kind: PushAlarm.lane(of: alarm.subject).map { lanes.contains($0) } ?? false
            case CredentialAlarm.kind: CredentialAlarm.lane(of: alarm.subject).map { lanes.contains($0) } ?? false
            case FieldAlarm.kind: FieldAlarm.lane(of: alarm.subject).map { lanes.contains($0) } ?? false
            default: false
            }
        }
    }

    private func pause(_ id: String) -> ConnectionFacts.Pause? {
        guard let subject = try? subject(id) else { return nil }  // Disabled: no account, so nothing that is paused.
        let pauses = pauses(of: subject)
        guard let first = pauses.min(by: { $0.since < $1.since }) else { return nil }
        let ends = pauses.map(\.until)
        return ConnectionFacts.Pause(
            since: first.since, until: ends.contains(nil) ? nil : ends.compactMap(\.self).max(), reason: first.advice)
    }

    private func waiting(_ lanes: Set<Lane>) -> Int {
        overview.lanes.filter { lanes.contains($0.lane) }.reduce(0) { $0 + $1.waiting.value }
    }

    private func stranded(_ lane: Lane) -> Int {
        overview.lanes.first { $0.lane == lane }?.stranded.value ?? 0
    }

    // MARK: Details

    private func details(_ number: NumberSummary) -> [ConnectionFacts.Detail] {
        var details: [ConnectionFacts.Detail] = []
        if let name = number.verifiedName { details.append(.init(label: .verifiedName, value: name)) }
        details.append(.init(label: .numberID, value: number.phoneNumberID, isCopied: true))
        details.append(.init(label: .accountID, value: number.wabaID, isCopied: true))
        if let publicURL {
            details.append(
                .init(label: .webhook, value: "\(publicURL)/webhooks/whatsapp/\(number.app)", isCopied: true))
        }
        if let rating = number.qualityRating {
            details.append(.init(label: .quality, value: QualityWords.text(rating)))
        }
        return details
    }

    private func details(_ crm: ConnectionSummary) -> [ConnectionFacts.Detail] {
        var details: [ConnectionFacts.Detail] = [.init(label: .address, value: crm.baseURL)]
        if let webhook = webhook(of: crm) {
            details.append(.init(label: .webhook, value: webhook, isCopied: true))
        }
        if crm.unreadableNumbers.value > 0 {
            let count = "\(crm.unreadableNumbers.value)" + (crm.unreadableNumbers.isMore ? "+" : "")
            details.append(.init(label: .unreadable, value: count))
        }
        return details
    }

    /// What a person enters in the CRM. Nil where there is nothing to enter: Salesforce has no webhooks, and Zoho is told by us.
    private func webhook(of crm: ConnectionSummary) -> String? {
        guard let publicURL else { return nil }
        let address = "\(publicURL)/webhooks/crm/\(crm.name)"
        return switch crm.kind {
        case "salesforce", "zoho": nil
        // The secret itself is in nobody's page.
        case "odoo": "\(address)?secret=WEBHOOK_SECRET"
        default: address
        }
    }

    private static func vendor(_ kind: String) -> LocalizedText {
        switch kind {
        case "hubspot": .same("HubSpot")
        case "salesforce": .same("Salesforce")
        case "odoo": .same("Odoo")
        case "zoho": .same("Zoho CRM")
        case "own": LocalizedText(en: "Own system", es: "Sistema propio")
        default: .same(kind)
        }
    }

    /// What stands between the scheme and the path.
    private static func host(_ url: String) -> String {
        let rest = url.split(separator: "//", maxSplits: 1).last ?? ""
        return String(rest.prefix { $0 != "/" })
    }
}

extension LocalizedText {
    fileprivate static let verifiedName = LocalizedText(en: "Name at WhatsApp", es: "Nombre en WhatsApp")
    fileprivate static let numberID = LocalizedText(en: "Number ID", es: "ID del número")
    fileprivate static let accountID = LocalizedText(en: "Account ID (WABA)", es: "ID de la cuenta (WABA)")
    fileprivate static let webhook = LocalizedText(en: "Webhook address", es: "Dirección del webhook")
    fileprivate static let unreadable = LocalizedText(
        en: "Contacts with a number that cannot be read", es: "Contactos con un número que no se puede leer")
    fileprivate static let quality = LocalizedText(en: "Quality", es: "Calidad")
    fileprivate static let address = LocalizedText(en: "Address", es: "Dirección")
}
