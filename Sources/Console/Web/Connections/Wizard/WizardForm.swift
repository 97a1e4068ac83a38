import Domain
import Pipeline

/// What came with the form of a connection.
struct WizardForm: Sendable {
    let draft: ConnectionDraft
    let name: String
    /// Only tried; else saved as well.
    let isTest: Bool

    init(_ form: Form, _ kind: ConnectorKind) {
        var values: [ConnectionField: String] = [:]
        for field in kind.formFields { values[field] = form[field.rawValue] }
        let dropped = form.fields.all("drop").compactMap { ConnectionField(rawValue: $0) }
        draft = ConnectionDraft(kind, values, dropping: Set(dropped))
        name = (form["name"] ?? "").trimmed
        isTest = form["do"] == "test"
    }
}

extension WizardFacts {
    /// The page again, with what was wrong with what was typed.
    /// - Returns: false for an error that belongs on no form.
    mutating func note(_ error: any Error) -> Bool {
        switch error {
        case let problems as ConnectionProblems: self.problems = problems.fields
        case let error as PuenteError where error.detail == "name": nameProblem = error.message
        case let error as PuenteError where error.isForForm: self.error = error.message
        default: return false
        }
        return true
    }
}
