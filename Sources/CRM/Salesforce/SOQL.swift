import Domain

/// Parts of queries. Source: Salesforce, SOQL and SOSL Reference.
enum SOQL {
    /// Ids, or values as long, in one query: its address stays below 2,048 bytes.
    static let maxValues = 50

    /// What a contact is read with, everywhere: of these, the fields that our user may see. A query that names another one
    /// is refused as a whole.
    static func contactFields(_ schema: SalesforceSchema) -> String {
        let wanted =
            ["FirstName", "LastName", "Email", "Phone", "MobilePhone", "HomePhone", "OtherPhone", "OwnerId"]
            + SalesforceField.allCases.map(\.name)
        let visible = wanted.filter { schema.contact.fields[$0] != nil }
        return (["Id", "SystemModstamp", "IsDeleted", "MasterRecordId"] + visible).joined(separator: ",")
    }

    /// `'O\'Brien'`
    static func text(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "'": escaped += "\\'"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return "'\(escaped)'"
    }

    /// `('a','b')`; at least one.
    static func list(_ texts: [String]) -> String { "(\(texts.map(text).joined(separator: ",")))" }

    /// Salesforce keeps whole seconds.
    static func time(_ milliseconds: Int64) -> String { Timestamp(milliseconds: milliseconds).iso8601 }

    static func chunks(_ values: [String]) -> [[String]] {
        stride(from: 0, to: values.count, by: maxValues).map {
            Array(values[$0..<min($0 + maxValues, values.count)])
        }
    }
}
