/// A field of a CRM's contacts, as the CRM describes it.
package struct RemoteField: Codable, Equatable, Sendable {
    /// The CRM's own name, by which it is written and read.
    package var name: String
    /// As people see it there.
    package var label: String
    package var shape: FieldShape
    package var isWritable: Bool
    package var isRequired: Bool
    package var isUnique: Bool
    /// Characters that it holds; nil where nobody says.
    package var maxLength: Int?
    /// Of a choice: the values, as they are written.
    package var choices: [String]

    package init(
        name: String, label: String, shape: FieldShape, isWritable: Bool = true, isRequired: Bool = false,
        isUnique: Bool = false, maxLength: Int? = nil, choices: [String] = []
    ) {
        self.name = name
        self.label = label
        self.shape = shape
        self.isWritable = isWritable
        self.isRequired = isRequired
        self.isUnique = isUnique
        self.maxLength = maxLength
        self.choices = choices
    }
}
