import CRM
import Domain

extension CallFailure {
    /// Names the refused field as people see it in the CRM, where the account's fields were read.
    func labelled(by connector: any Connector) -> CallFailure {
        guard let field, field.label == nil, let label = connector.knownField(field.name)?.label else { return self }
        return labelled(label)
    }
}
