/// A custom field, as the Tooling API takes it. What its type does not have is left out.
struct SalesforceFieldDefinition: Encodable, Equatable {
    struct Details: Encodable, Equatable {
        let label: String
        let type: String
        let description: String
        var length: Int?
        var externalId: Bool?
        var unique: Bool?
        var caseSensitive: Bool?
        var required: Bool? = false
        var visibleLines: Int?
        var valueSet: ValueSet?
    }

    struct ValueSet: Encodable, Equatable {
        struct Definition: Encodable, Equatable {
            let sorted: Bool
            let value: [Value]
        }
        struct Value: Encodable, Equatable {
            let fullName: String
            let label: String
            let `default`: Bool
        }
        let restricted: Bool
        let valueSetDefinition: Definition
    }

    let FullName: String
    let Metadata: Details

    private init(_ field: SalesforceField, _ details: Details) {
        FullName = "Contact.\(field.name)"
        Metadata = details
    }

    static func text(
        _ field: SalesforceField, _ label: String, _ description: String, length: Int, isKey: Bool = true,
        isUnique: Bool = false
    ) -> Self {
        Self(
            field,
            .init(
                label: label, type: "Text", description: description, length: length, externalId: isKey,
                unique: isUnique, caseSensitive: false))
    }

    static func long(_ field: SalesforceField, _ label: String, _ description: String, length: Int) -> Self {
        // A long text cannot be said to be required or not.
        Self(
            field,
            .init(
                label: label, type: "LongTextArea", description: description, length: length, required: nil,
                visibleLines: 3))
    }

    static func plain(_ field: SalesforceField, _ label: String, _ description: String, _ type: String) -> Self {
        Self(field, .init(label: label, type: type, description: description))
    }

    static func choice(
        _ field: SalesforceField, _ label: String, _ description: String, _ options: [(value: String, label: String)]
    ) -> Self {
        let values = options.map { ValueSet.Value(fullName: $0.value, label: $0.label, default: false) }
        return Self(
            field,
            .init(
                label: label, type: "Picklist", description: description,
                valueSet: ValueSet(restricted: true, valueSetDefinition: .init(sorted: false, value: values))))
    }
}
