import Domain

/// Parts of queries. Source: Salesforce, SOQL and SOSL Reference.
enum SOQL {
    /// Ids, or values as long, in one query: its address stays below 2,048 bytes.
    static let maxValues = 50

    /// What a contact is read with, everywhere: of these, the fields that our user may see. A query that names another one
    /// is refused as a whole.
    /// - Parameter further: names of visible fields.
    static func contactFields(_ schema: SalesforceSchema, _ further: [String] = []) -> String {
        contactNames(schema, further).joined(separator: ",")
    }

    static func contactNames(_ schema: SalesforceSchema, _ further: [String] = []) -> [String] {
        let wanted =
            ["FirstName", "LastName", "Email", "Phone", "MobilePhone", "HomePhone", "OtherPhone", "OwnerId"]
            + SalesforceField.read.map(\.name)
        let visible = wanted.filter { schema.contact.fields[$0] != nil }
        let always = ["Id", "SystemModstamp", "IsDeleted", "MasterRecordId"] + visible
        // A name that comes twice is refused, whatever its case.
        var seen = Set(always.map { $0.lowercased() })
        return always + further.filter { seen.insert($0.lowercased()).inserted }
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

    static func chunks(_ values: [String], of size: Int = maxValues) -> [[String]] {
        stride(from: 0, to: values.count, by: size).map {
            Array(values[$0..<min($0 + size, values.count)])
        }
    }
}
