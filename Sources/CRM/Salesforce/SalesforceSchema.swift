/// What the org has of the fields we use, as far as our user may see and write them.
struct SalesforceSchema: Equatable, Sendable {
    /// Where messages are written.
    enum Place: Equatable, Sendable {
        /// Into their own object, by a unique key: a repeated write changes nothing.
        case messages
        /// As a task each, since that object is missing. A repeated write makes a second one.
        case tasks
    }

    let contact: SalesforceFields
    /// Nil where the object is missing.
    let message: SalesforceFields?
    /// All fields of contacts that our user may see.
    var book = FieldBook([])

    var place: Place { isMessageObjectUsable ? .messages : .tasks }

    /// The upsert key is there, and people are written to it.
    var hasContactKey: Bool { contact.isKey(SalesforceField.puenteID.name) }

    private var isMessageObjectUsable: Bool {
        guard let message else { return false }
        return message.isKey(SalesforceMessageField.puenteID.name)
            && message.isWritable(SalesforceMessageField.contact.name)
    }

    /// Fields of contacts that do not exist for us.
    var missing: [SalesforceField] { SalesforceField.allCases.filter { !contact.isWritable($0.name) } }
}

/// The fields of one object.
struct SalesforceFields: Equatable, Sendable {
    struct Field: Equatable, Sendable {
        let isWritable: Bool
        let isUniqueKey: Bool
        let length: Int
        /// Nil where any value may be written.
        let allowed: Set<String>?
    }

    let fields: [String: Field]
    let isCreatable: Bool

    func isWritable(_ name: String) -> Bool { fields[name]?.isWritable == true }
    func isKey(_ name: String) -> Bool { fields[name].map { $0.isWritable && $0.isUniqueKey } ?? false }

    /// The values that can be written: of fields that are there, cut to their length, and none that a restricted list of
    /// values lacks.
    func writable(_ values: [String: String]) -> [String: String] {
        values.reduce(into: [:]) { result, value in
            guard let field = fields[value.key], field.isWritable, field.allowed?.contains(value.value) ?? true else {
                return
            }
            result[value.key] = PlainText.cut(value.value, to: field.length)
        }
    }
}
