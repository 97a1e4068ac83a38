import Domain

/// A field of partners as `fields_get` describes it. Source: Odoo, `BaseModel.fields_get` and the kinds of fields.
struct OdooFieldDescription {
    let name: String
    let attributes: OdooValue

    /// What is asked for.
    static let asked = ["type", "string", "required", "readonly", "selection", "relation", "size"]

    private static let partnerTags = "res.partner.category"
    private static let users = "res.users"
    private static let numbers: Set<String> = ["integer", "float", "monetary"]

    private var members: [String: OdooValue] { if case .object(let members) = attributes { members } else { [:] } }
    private var type: String { members["type"]?.text ?? "char" }

    var described: DescribedField {
        let shape = shape
        let isTags = type == "many2many" && members["relation"]?.text == Self.partnerTags
        return DescribedField(
            field: RemoteField(
                name: name, label: members["string"]?.text ?? name, shape: shape,
                isWritable: members["readonly"]?.flag != true,
                // Odoo's rule that a contact has a name is not written on the field.
                isRequired: members["required"]?.flag == true || name == "name",
                maxLength: members["size"]?.integer.flatMap { $0 > 0 && shape.isText ? Int($0) : nil },
                choices: shape == .choice || shape == .language ? choices : []),
            kind: type, isHTML: type == "html", isMappable: isTags || Self.mappable.contains(type))
    }

    private static let mappable: Set<String> = [
        "char", "text", "html", "integer", "float", "monetary", "boolean", "date", "datetime", "selection", "many2one",
    ]

    private var choices: [String] {
        (members["selection"]?.list ?? []).compactMap { option in
            option.list?.first.flatMap { value in value.text ?? value.integer.map { String($0) } }
        }
    }

    private var shape: FieldShape {
        switch (type, name) {
        case (_, "lang"): .language
        case ("char", "email"), ("char", "email_normalized"): .email
        case ("char", "phone"), ("char", "mobile"), ("char", "phone_sanitized"): .phone
        case ("char", "website"): .url
        case ("selection", _): .choice
        case ("boolean", _): .yesNo
        case ("date", _): .date
        case ("datetime", _): .moment
        case _ where Self.numbers.contains(type): .number
        case ("many2many", _) where members["relation"]?.text == Self.partnerTags: .set
        case ("many2one", _) where members["relation"]?.text == Self.users: .user
        case ("char", _), ("text", _), ("html", _): .text
        default: .other
        }
    }
}

extension DescribedField {
    /// As Puente writes what Odoo's answers say; nil for what is empty, which Odoo writes as `false` or 0.
    /// - Parameter tags: the names of partners' tags, by their ids.
    func canonical(odoo value: OdooValue, tags: [Int64: String]) -> String? {
        switch (field.shape, value) {
        case (.yesNo, .flag(let flag)): return flag ? "true" : "false"
        case (.number, .integer(let number)): return number == 0 ? nil : String(number)
        case (.number, .number(let number)): return number == 0 ? nil : FieldText.number(String(number))
        case (.other, .list), (.user, .list): return value.integer.map { String($0) }
        case (.set, .list(let ids)):
            return SyncSet(ids.compactMap { $0.integer.flatMap { tags[$0] } }).text
        case (.moment, .text(let text)): return OdooTime.seconds(text).map { Timestamp(seconds: $0).iso8601 }
        case (.language, .text(let code)): return code.replacing("_", with: "-")
        case (.text, .text(let text)) where isHTML: return PlainHTML.read(text)
        default: return value.text ?? value.integer.map { String($0) }
        }
    }
}

/// A cell of `load`.
struct OdooCell: Equatable, Sendable {
    /// A relation is named by its record's own id.
    let column: String
    let text: String
}

extension MappedField {
    /// - Parameter tags: the ids of partners' tags, by their names in lower case.
    func odoo(tags: [String: Int64]) throws(CallFailure) -> OdooCell {
        OdooCell(column: column, text: try text(tags))
    }

    private var column: String { ["many2one", "many2many"].contains(field.kind) ? "\(name)/.id" : name }

    private func text(_ tags: [String: Int64]) throws(CallFailure) -> String {
        switch value {
        case .empty: return ""
        case .text(let text) where field.kind == "many2one":
            guard OdooConnector.recordID(text) != nil else { throw FieldAdvice.noSuchRecord(field.field, "Odoo") }
            return text
        case .text(let text): return field.isHTML ? PlainHTML.written(text) : text
        case .number(let number):
            guard field.kind != "integer" || Int64(number) != nil else {
                throw FieldAdvice.notWhole(field.field, "Odoo")
            }
            return number
        case .flag(let flag): return flag ? "1" : "0"
        case .date(let day): return day
        case .moment(let moment): return OdooTime.text(seconds: moment.milliseconds / 1000)
        case .words(let words):
            return words.compactMap { tags[$0.lowercased()] }.sorted().map { String($0) }.joined(separator: ",")
        }
    }
}
