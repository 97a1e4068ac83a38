package import Domain
package import Pipeline

/// A connection's mapping and what it is held against.
package struct MappingFacts: Sendable {
    package struct Kept: Sendable {
        package var by: String
        package var at: Timestamp

        package init(by: String, at: Timestamp) {
            self.by = by
            self.at = at
        }
    }

    /// In the configuration.
    package var connection: String
    /// As people know the CRM: "HubSpot".
    package var name: String
    /// What a form shows upon which somebody decides.
    package var version: String
    package var mapping: FieldMapping
    /// Of each row.
    package var problems: [[MappingProblem]]
    /// Of each row: what works and may not be meant.
    package var warnings: [[MappingWarning]]
    /// What may be named here, in the order in which it is offered.
    package var offered: [LocalField]
    /// Of those, and of all that the rows name.
    package var titles: [LocalField: LocalizedText]
    /// The CRM's.
    package var fields: AccountFields
    /// Names that rows miss in the CRM, and that Puente can have made there.
    package var makeable: [String]
    /// Nil where nothing is mapped yet.
    package var kept: Kept?

    package init(
        connection: String, name: String, version: String, mapping: FieldMapping, problems: [[MappingProblem]],
        warnings: [[MappingWarning]]? = nil, offered: [LocalField], titles: [LocalField: LocalizedText],
        fields: AccountFields, makeable: [String] = [], kept: Kept?
    ) {
        self.connection = connection
        self.name = name
        self.version = version
        self.mapping = mapping
        self.problems = problems
        self.warnings = warnings ?? mapping.rows.map { _ in [] }
        self.offered = offered
        self.titles = titles
        self.fields = fields
        self.makeable = makeable
        self.kept = kept
    }

    var path: String { "/connections/\(QueryText.encode(connection))/mapping" }

    func title(of local: LocalField) -> LocalizedText { titles[local] ?? local.title ?? .same(local.rawValue) }
}
