import CRM
import Domain
import OutboundHTTP

/// Asks a CRM: the connector's own steps, what is mapped, and perhaps a sample record.
struct CRMCheck {
    let crm: CRMUnderCheck
    let kept: KeptConnections
    /// A sample record is written, read back and deleted.
    let writes: Bool
    /// What the account lacks of Puente's own fields is made first, where the CRM lets Puente.
    let makesFields: Bool

    func run(into report: inout CheckReport) async {
        do {
            let connector = try crm.connector()
            if makesFields { report.add(await make(by: connector)) }
            let mapping = kept.mapping(of: name, kind: connector.kind)
            let steps = await connector.fullCheck(mapping, writesAt: writes ? .now : nil)
            report.add(steps.map(line))
            if !makesFields, await lacksFields(connector, steps) { report.add(offer) }
            if let ending { report.add(ending) }
        } catch {
            report.add(error, "crm \(name)")
        }
    }

    private var name: String { crm.name }

    // MARK: Fields

    private func make(by connector: any Connector) async -> CheckLine {
        do throws(CallFailure) {
            let made = try await connector.prepare().sorted().joined(separator: ", ")
            return made.isEmpty
                ? .passed(fields, en: "There was none to make.", es: "No había ninguno que crear.")
                : .passed(fields, en: "Made now: \(made).", es: "Creados ahora: \(made).")
        } catch {
            return CheckLine(subject: fields, outcome: .failed(cause: error.cause, remedy: error.advice))
        }
    }

    private func lacksFields(_ connector: any Connector, _ steps: [CheckStep]) async -> Bool {
        guard steps.contains(where: \.isNoteOfFields) else { return false }
        do throws(CallFailure) {
            return !connector.ownFields.subtracting(try await connector.fields().map(\.name)).isEmpty
        } catch {
            return false  // then nothing is known that could be made
        }
    }

    private var offer: CheckLine {
        let command = "puente check crm \(name) --make-fields"
        return .warned(
            fields, en: "\"\(command)\" makes what is missing now.",
            es: "«\(command)» crea ahora lo que falta.")
    }

    private var fields: String { "crm \(name), \(CheckStep.Name.fields.rawValue)" }

    // MARK: Lines

    /// What somebody said of the end of the credentials; nil while there is time.
    private var ending: CheckLine? {
        guard let ends = crm.expiresOn, let today = CivilDate(.now) else { return nil }
        let term = CredentialTerm(ends: ends, today: today)
        return term.sentence(of: name, ends: ends, isInFile: crm.isInFile).map {
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

extension CheckStep {
    fileprivate var isNoteOfFields: Bool {
        if name == .fields, case .noted = outcome { true } else { false }
    }
}
