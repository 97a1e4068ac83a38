import CRM
package import Domain
import Store

/// What people and programs who map fields ask of a CRM account.
package struct MappingAccount: Sendable {
    /// A record as its mapped fields stand now.
    package struct Record: Sendable {
        package let fields: [String: String]
        package let modifiedAt: Timestamp?

        package init(fields: [String: String], modifiedAt: Timestamp? = nil) {
            self.fields = fields
            self.modifiedAt = modifiedAt
        }
    }

    /// As people know it: "HubSpot".
    package var name: String
    /// What is mapped while nobody chose otherwise.
    package var standard: FieldMapping
    /// It takes fields under any name, and describes some.
    package var takesAnyField: Bool
    /// Names of the fields that ``prepare`` makes where they are missing.
    package var ownFields: Set<String>
    package var fields: @Sendable () async throws(CallFailure) -> [RemoteField]
    /// By the CRM's id, with these fields; nil when it is gone. No function where records cannot be read.
    package var record: (@Sendable (String, [String]) async throws(CallFailure) -> Record?)?
    /// As ``CRM/Connector/knownUsers``.
    package var knownUsers: @Sendable () -> Set<String>? = { nil }
    /// As ``CRM/Connector/held(_:by:)``.
    package var held: @Sendable (_ text: String, _ field: String) -> String = { text, _ in text }
    /// Makes what the account lacks of Puente's own fields; the names of what was made.
    package var prepare: @Sendable () async throws(CallFailure) -> [String]

    package init(
        name: String, standard: FieldMapping, takesAnyField: Bool = false, ownFields: Set<String> = [],
        fields: @escaping @Sendable () async throws(CallFailure) -> [RemoteField],
        record: (@Sendable (String, [String]) async throws(CallFailure) -> Record?)?,
        prepare: @escaping @Sendable () async throws(CallFailure) -> [String]
    ) {
        self.name = name
        self.standard = standard
        self.takesAnyField = takesAnyField
        self.ownFields = ownFields
        self.fields = fields
        self.record = record
        self.prepare = prepare
    }
}

extension MappingAccount {
    init(_ entry: ConnectorBook.Entry) {
        let (account, connector) = (entry.account, entry.connector)
        self.init(
            name: CRMName.shown(account.slug, kind: account.kind), standard: FieldMapping.standard(for: connector.kind),
            takesAnyField: connector.capabilities.takesAnyField, ownFields: connector.ownFields,
            fields: { () async throws(CallFailure) -> [RemoteField] in try await connector.fields() },
            record: connector.capabilities.isReadable ? Self.reader(of: connector) : nil,
            prepare: { () async throws(CallFailure) -> [String] in try await connector.prepare() })
        knownUsers = { connector.knownUsers }
        held = { text, field in connector.held(text, by: field) }
    }

    private static func reader(
        of connector: any Connector
    ) -> @Sendable (String, [String]) async throws(CallFailure) -> Record? {
        { (id: String, fields: [String]) async throws(CallFailure) -> Record? in
            let found = try await connector.contact(remoteID: id, reading: fields)
            return found.map { Record(fields: $0.fields, modifiedAt: $0.modifiedAt) }
        }
    }
}
