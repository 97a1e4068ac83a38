/// The values of one write, checked against the fields.
struct RecordDraft: Sendable {
    /// Nil clears the field.
    let values: [(property: Int, text: String?)]

    /// - Parameter isNew: whether the fields a new record needs must be there.
    init(_ json: JSON?, _ book: PropertyBook, _ type: ObjectType, isNew: Bool) throws(HubSpotError) {
        guard let members = (json ?? [:]).members else { throw .validation("Invalid input JSON: properties") }
        var values: [(property: Int, text: String?)] = []
        values.reserveCapacity(members.members.count)
        var problems: [HubSpotError.Detail] = []
        for member in members.members {
            guard let number = book.number(of: member.key), let definition = book.definitions[number] else {
                problems.append(Self.problem(member.key, "does not exist", "PROPERTY_DOESNT_EXIST"))
                continue
            }
            if definition.isReadOnly {
                problems.append(Self.problem(member.key, "is a read only property", "READ_ONLY_VALUE"))
                continue
            }
            guard let text = Self.text(member.value) else {
                problems.append(Self.problem(member.key, "was not a string", "INVALID_TYPE"))
                continue
            }
            if text.isEmpty {
                values.append((number, nil))
            } else if let stored = Self.stored(text, definition) {
                values.append((number, stored))
            } else {
                problems.append(Self.invalid(member.key, definition.kind))
            }
        }
        if isNew {
            problems += Self.required(type).filter { name in
                !values.contains { $0.text != nil && book.name(of: $0.property) == name }
            }.map { Self.problem($0, "is required", "REQUIRED_FIELD") }
        }
        if !problems.isEmpty { throw .properties(problems) }
        self.values = values
    }

    subscript(property: Int) -> String?? {
        values.last { $0.property == property }.map(\.text)
    }

    private static func required(_ type: ObjectType) -> [String] {
        type == .communications ? ["hs_communication_channel_type", "hs_communication_logged_from"] : []
    }

    private static func text(_ json: JSON) -> String? {
        switch json {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null: ""
        case .array, .object: nil
        }
    }

    /// The value as it is kept; nil when it is not one of this kind.
    private static func stored(_ text: String, _ definition: PropertyDefinition) -> String? {
        switch definition.kind {
        case .string where definition.name == "email": isEmail(text) ? text.lowercased() : nil
        case .string, .phoneNumber: text.utf8.count <= 65_536 ? text : nil
        case .number: Double(text) == nil ? nil : text
        case .bool: ["true", "false"].contains(text.lowercased()) ? text.lowercased() : nil
        case .datetime: ISOTime.milliseconds(text).map { ISOTime.text($0, compact: true) }
        case .date: ISOTime.milliseconds(text).map { String(ISOTime.text($0).prefix(10)) }
        case .enumeration:
            definition.fieldType == "checkbox" ? several(text, definition) : isOption(text, definition) ? text : nil
        }
    }

    private static func isOption(_ text: String, _ definition: PropertyDefinition) -> Bool {
        definition.options.isEmpty || definition.options.contains { $0["value"]?.text == text }
    }

    /// Several boxes may be ticked: `a;b`.
    private static func several(_ text: String, _ definition: PropertyDefinition) -> String? {
        let words = text.split(separator: ";").map(String.init)
        return words.allSatisfy { isOption($0, definition) } ? words.joined(separator: ";") : nil
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasSuffix(".")
            && !text.contains(where: \.isWhitespace)
    }

    private static func problem(_ name: String, _ what: String, _ code: String) -> HubSpotError.Detail {
        HubSpotError.Detail(message: "Property \"\(name.prefix(120))\" \(what)", code: code, property: name)
    }

    private static func invalid(_ name: String, _ kind: PropertyDefinition.Kind) -> HubSpotError.Detail {
        switch kind {
        case .enumeration: problem(name, "was not one of the allowed options", "INVALID_OPTION")
        case .number: problem(name, "was not a valid number", "INVALID_NUMBER")
        case .date, .datetime: problem(name, "was not a valid date", "INVALID_DATE")
        case .bool: problem(name, "was not a valid boolean", "INVALID_BOOLEAN")
        case .string where name == "email":
            HubSpotError.Detail(message: "Email address is invalid", code: "INVALID_EMAIL", property: name)
        case .string, .phoneNumber: problem(name, "is too long", "INVALID_STRING")
        }
    }
}
