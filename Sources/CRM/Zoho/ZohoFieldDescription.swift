import Domain

/// A field as Zoho describes it. Source: Zoho's published OpenAPI file `fields` (v8.0).
struct ZohoFieldDescription: Decodable {
    struct Option: Decodable {
        let actual_value: LooseText?
        let display_value: LooseText?
    }

    let api_name: String
    let field_label: String?
    let data_type: String?
    let length: Int?
    let read_only: Bool?
    let field_read_only: Bool?
    let system_mandatory: Bool?
    let pick_list_values: [Option]?

    /// What stands in an empty list of choices.
    private static let none = "-None-"
    private static let unmappable: Set<String> = [
        "subform", "fileupload", "imageupload", "profileimage", "multiselectlookup", "multiuserlookup",
        "rollup_summary", "multi_module_lookup", "event_reminder", "RRULE", "ALARM", "consent_lookup",
    ]

    func described(isUnique: Bool) -> DescribedField {
        let shape = shape
        let options = (pick_list_values ?? []).compactMap { $0.actual_value?.text ?? $0.display_value?.text }
        return DescribedField(
            field: RemoteField(
                name: api_name, label: field_label ?? api_name, shape: shape,
                isWritable: read_only != true && field_read_only != true && data_type != "formula"
                    && data_type != "autonumber",
                isRequired: system_mandatory == true, isUnique: isUnique,
                maxLength: length.flatMap { $0 > 0 && shape.isText ? $0 : nil },
                choices: shape == .choice || shape == .set ? options.filter { $0 != Self.none } : []),
            kind: data_type ?? "text", isMappable: data_type.map { !Self.unmappable.contains($0) } ?? true)
    }

    private var shape: FieldShape {
        switch data_type {
        case _ where api_name == ZohoConnector.tags: .set
        case "email": .email
        case "phone": .phone
        case "website": .url
        case "picklist": .choice
        case "multiselectpicklist": .set
        case "boolean": .yesNo
        case "date": .date
        case "datetime": .moment
        case "ownerlookup", "userlookup": .user
        case "integer", "bigint", "double", "currency", "percent", "decimal": .number
        case nil, "text", "textarea", "autonumber", "formula": .text
        default: .other
        }
    }
}

extension DescribedField {
    /// As Puente writes what Zoho's answers say.
    func canonical(zoho stored: String) -> String {
        switch field.shape {
        case .moment: Timestamp(zoho: stored)?.iso8601 ?? stored
        case .number: FieldText.number(stored) ?? stored
        case .choice, .set: stored == "-None-" ? "" : stored
        default: stored
        }
    }
}

extension MappedField {
    func zoho() throws(CallFailure) -> ZohoValue {
        switch value {
        // A box is ticked or not: it cannot be empty.
        case .empty: return field.field.shape == .yesNo ? .flag(false) : .null
        case .text(let text) where [.other, .user].contains(field.field.shape):
            guard ZohoConnector.isRecordID(text) else { throw FieldAdvice.noSuchRecord(field.field, "Zoho") }
            return .object(["id": .text(text)])
        case .text(let text): return .text(text)
        case .number(let text): return try number(text)
        case .flag(let flag): return .flag(flag)
        case .date(let day): return .text(day)
        case .moment(let moment): return .text(moment.zoho)
        case .words(let words): return .list(words.map { .text($0) })
        }
    }

    private func number(_ text: String) throws(CallFailure) -> ZohoValue {
        if let whole = Int(text) { return .number(whole) }
        guard let number = Double(text), !["integer", "bigint"].contains(field.kind) else {
            throw FieldAdvice.notWhole(field.field, "Zoho")
        }
        return .decimal(number)
    }
}

extension RemoteContact {
    /// With these fields in the one writing that they have outside.
    func canonical(zoho names: [String], _ book: FieldBook) -> RemoteContact {
        with(
            Dictionary(
                names.map { name in
                    (name, fields[name].map { book[name]?.canonical(zoho: $0) ?? $0 })
                }, uniquingKeysWith: { first, _ in first }))
    }
}
