import Domain

/// The answer of `…/sobjects/{type}/describe`.
/// Source: Salesforce, REST API Developer Guide, "sObject Describe".
struct SalesforceDescription: Decodable {
    struct Field: Decodable {
        struct Option: Decodable {
            let value: String?
            let active: Bool?
        }
        let name: String
        let label: String?
        let type: String?
        let referenceTo: [String]?
        let length: Int?
        let createable: Bool?
        let updateable: Bool?
        let nillable: Bool?
        let defaultedOnCreate: Bool?
        let externalId: Bool?
        let unique: Bool?
        let htmlFormatted: Bool?
        let restrictedPicklist: Bool?
        let picklistValues: [Option]?
    }

    let createable: Bool?
    let fields: [Field]

    var writableFields: SalesforceFields {
        SalesforceFields(
            fields: Dictionary(
                fields.map { ($0.name, $0.field) }, uniquingKeysWith: { first, _ in first }),
            isCreatable: createable ?? true)
    }

    var book: FieldBook { FieldBook(fields.map(\.described)) }
}

extension SalesforceDescription.Field {
    /// Kinds without a value of their own that a query could name or a text stand for.
    private static let unmappable: Set<String> = ["address", "location", "base64", "anyType", "complexvalue", "json"]

    private var options: [String] { (picklistValues ?? []).filter { $0.active != false }.compactMap(\.value) }
    private var isWritable: Bool { createable == true && updateable == true }

    fileprivate var field: SalesforceFields.Field {
        SalesforceFields.Field(
            isWritable: isWritable, isUniqueKey: externalId == true && unique == true, length: length ?? 0,
            allowed: restrictedPicklist == true ? Set(options) : nil)
    }

    fileprivate var described: DescribedField {
        let shape = shape
        let isRequired = nillable == false && defaultedOnCreate != true && createable == true && type != "boolean"
        return DescribedField(
            field: RemoteField(
                name: name, label: label ?? name, shape: shape, isWritable: isWritable, isRequired: isRequired,
                isUnique: unique == true, maxLength: length.flatMap { $0 > 0 && shape.isText ? $0 : nil },
                choices: shape == .choice || shape == .set ? options : []),
            kind: type ?? "string", isHTML: htmlFormatted == true,
            isMappable: type.map { !Self.unmappable.contains($0) } ?? true)
    }

    private var shape: FieldShape {
        switch type {
        case "boolean": .yesNo
        case "int", "long", "double", "currency", "percent": .number
        case "date": .date
        case "datetime": .moment
        case "picklist", "combobox": .choice
        case "multipicklist": .set
        case "email": .email
        case "phone": .phone
        case "url": .url
        case "reference" where referenceTo?.contains("User") == true: .user
        case "id", "reference", "address", "location", "base64", "anyType", "complexvalue", "json", "time": .other
        default: .text
        }
    }
}

extension FieldShape {
    /// Its values have a length that matters.
    var isText: Bool {
        switch self {
        case .text, .phone, .email, .url, .language: true
        case .number, .date, .moment, .yesNo, .choice, .set, .consent, .user, .other: false
        }
    }
}
