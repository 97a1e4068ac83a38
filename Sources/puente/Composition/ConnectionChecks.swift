import CRM
import Console
import Domain
import OutboundHTTP
import Pipeline
import Store
import WhatsApp

/// The console's live checks: the same questions that `puente check` asks.
struct ConnectionChecks: Sendable {
    let store: Store
    let client: GraphClient
    /// For our own address.
    let http: OutboundClient
    let publicURL: String?
    let graphURL: String
    let book: ConnectorBook
    let provision: Provision

    var live: LiveChecks {
        LiveChecks(number: { await check($0) }, connection: { await check($0, writes: $1) })
    }

    private func check(_ id: NumberID) async -> [ConnectionFacts.Check] {
        do {
            guard let account = try await store.numberAccounts().first(where: { $0.id == id }),
                let token = account.accessToken
            else { return [.failed(NumberCheck.Step.token.title, .noToken)] }
            let lines = await NumberCheck(number: underCheck(account, token), client: client, http: http).lines()
            let reached = Set(lines.map(\.step))
            return lines.map { ConnectionFacts.Check($0.line, titled: $0.step.title) }
                + NumberCheck.Step.allCases.filter { !reached.contains($0) }.map {
                    ConnectionFacts.Check(title: $0.title, state: .skipped)
                }
        } catch {
            return [.failed(NumberCheck.Step.token.title, .same("\(error)"))]
        }
    }

    private func underCheck(_ account: NumberAccount, _ token: String) -> NumberUnderCheck {
        let name = provision.numbers[account.slug]?.app
        let app = name.flatMap { name in
            provision.apps[name].map {
                NumberUnderCheck.App(name: name, id: $0.appID, secret: $0.secret, verifyToken: $0.verifyToken)
            }
        }
        return NumberUnderCheck(
            name: account.slug, phoneNumberID: account.phoneNumberID, wabaID: account.wabaID,
            displayNumber: account.displayNumber, accessToken: token, app: app, publicURL: publicURL,
            isMetaSimulated: PlainHTTP.isPrivateAddress(graphURL))
    }

    private func check(_ id: ConnectionID, writes: Bool) async -> [ConnectionFacts.Check] {
        guard let entry = book.entry(id) else { return [.failed(.settings, .unusable)] }
        let mapping: MappingCheck?
        do {
            mapping = try await MappingCheck.kept(of: id, store, in: entry.account.workspace)
        } catch {
            return [.failed(.settings, .same("\(error)"))]
        }
        return await entry.connector.fullCheck(mapping, writesAt: writes ? store.now() : nil).map { step in
            switch step.outcome {
            case .passed(let found): ConnectionFacts.Check(title: step.title, state: .passed, detail: found)
            case .noted(let text): ConnectionFacts.Check(title: step.title, state: .warned, detail: text)
            case .failed(let cause, let remedy): .failed(step.title, LocalizedText(cause, then: remedy))
            }
        }
    }
}

extension NumberCheck.Step {
    var title: LocalizedText {
        switch self {
        case .token: LocalizedText(en: "Access token", es: "Token de acceso")
        case .number: LocalizedText(en: "Number", es: "Número")
        case .webhooks: LocalizedText(en: "Webhooks", es: "Webhooks")
        case .address: LocalizedText(en: "Address", es: "Dirección")
        }
    }
}

extension ConnectionFacts.Check {
    fileprivate init(_ line: CheckLine, titled title: LocalizedText) {
        switch line.outcome {
        case .passed(let text): self.init(title: title, state: .passed, detail: text)
        case .warned(let text): self.init(title: title, state: .warned, detail: text)
        case .failed(let cause, let remedy): self = .failed(title, LocalizedText(cause, then: remedy))
        }
    }

    fileprivate static func failed(_ title: LocalizedText, _ detail: LocalizedText) -> Self {
        Self(title: title, state: .failed, detail: detail)
    }
}

extension LocalizedText {
    fileprivate static let settings = LocalizedText(en: "Settings", es: "Configuración")
    fileprivate static let noToken = LocalizedText(
        en: "There is no access token: put one into puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
        es: "No hay token de acceso: póngalo en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie.")
    fileprivate static let unusable = LocalizedText(
        en: "Its settings cannot be used, or it is switched off. The log says why.",
        es: "Su configuración no se puede usar, o está desactivada. El registro dice por qué.")
}
