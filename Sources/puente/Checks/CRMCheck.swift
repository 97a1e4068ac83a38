import CRM
import Domain
import OutboundHTTP

/// Asks a CRM: the connector's own steps.
struct CRMCheck {
    let name: String
    let account: CRMAccount
    let client: OutboundClient
    let language: Language

    func run(into report: inout CheckReport) async {
        do {
            let connector = try account.connector(client: client, language: language, now: { .now })
            report.add(await connector.check().map(line))
        } catch {
            report.add(error, "crm \(name)")
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
