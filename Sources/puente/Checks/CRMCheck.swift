import CRM
import Domain
import OutboundHTTP

/// Asks a CRM: the connector's own steps, what is mapped, and perhaps a sample record.
struct CRMCheck {
    let name: String
    let account: CRMAccount
    let client: OutboundClient
    let language: Language
    let mappings: KeptMappings
    /// A sample record is written, read back and deleted.
    let writes: Bool

    func run(into report: inout CheckReport) async {
        do {
            let connector = try account.connector(client: client, language: language, now: { .now })
            let mapping = mappings.check(of: name, kind: connector.kind)
            report.add(await connector.fullCheck(mapping, writesAt: writes ? .now : nil).map(line))
            if let ending { report.add(ending) }
        } catch {
            report.add(error, "crm \(name)")
        }
    }

    /// What the configuration says of the end of the credentials; nil while there is time.
    private var ending: CheckLine? {
        guard let ends = account.expiresOn, let today = CivilDate(.now) else { return nil }
        let term = CredentialTerm(ends: ends, today: today)
        return term.sentence(of: name, ends: ends).map {
            CheckLine(subject: "crm \(name), credentials", outcome: .warned($0))
        }
    }

    private func line(_ step: CheckStep) -> CheckLine {
        let subject = "crm \(name), \(step.name.rawValue)"
        switch step.outcome {
        case .passed(let found): return CheckLine(subject: subject, outcome: .passed(found))
        case .noted(let text): return CheckLine(subject: subject, outcome: .warned(text))
        case .failed(let cause, let remedy):
            return CheckLine(subject: subject, outcome: .failed(cause: cause, remedy: remedy))
        }
    }
}
