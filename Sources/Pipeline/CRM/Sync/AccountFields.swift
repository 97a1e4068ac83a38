package import Domain
import Synchronization

/// The contact fields of a CRM account, as far as it could be asked.
package struct AccountFields: Equatable, Sendable {
    /// By their labels; empty while they could not be read.
    package let offered: [RemoteField]
    /// Why they could not be read; nil when they were.
    package let trouble: LocalizedText?
    /// It takes others as well.
    package let takesAnyField: Bool

    package init(_ offered: [RemoteField], takesAnyField: Bool = false) {
        self.offered = offered
        self.takesAnyField = takesAnyField
        trouble = nil
    }

    package init(trouble: LocalizedText) {
        offered = []
        takesAnyField = false
        self.trouble = trouble
    }

    /// What a mapping is held against; nil where any name may be right.
    package var described: [RemoteField]? { takesAnyField || trouble != nil ? nil : offered }

    package subscript(name name: String) -> RemoteField? { offered.first { $0.name == name } }
}

/// What accounts said of their fields, for some minutes: a page is opened many times while a mapping is made.
final class AccountFieldsMemory: Sendable {
    private static let kept: Duration = .minutes(5)
    /// A CRM that could not be asked is asked again soon.
    private static let keptTrouble: Duration = .seconds(30)

    private let known = Mutex<[ConnectionID: (fields: AccountFields, at: Timestamp)]>([:])

    func fields(of crm: ConnectionID, now: Timestamp) -> AccountFields? {
        known.withLock { $0[crm] }.flatMap { known in
            let age = now - known.at
            return age < (known.fields.trouble == nil ? Self.kept : Self.keptTrouble) ? known.fields : nil
        }
    }

    func keep(_ fields: AccountFields, of crm: ConnectionID, now: Timestamp) {
        known.withLock { $0[crm] = (fields, now) }
    }

    func forget(_ crm: ConnectionID) {
        known.withLock { $0[crm] = nil }
    }
}
