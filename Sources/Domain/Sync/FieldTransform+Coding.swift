/// `{"kind": "phone", "form": "e164"}`: a word for the kind, and what it needs.
extension FieldTransform: Codable {
    private enum Key: String, CodingKey { case kind, form, table, otherwise, part, separator, text }
    private enum Kind: String, Codable { case letters, phone, date, choices, part, template }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        switch try values.decode(Kind.self, forKey: .kind) {
        case .letters: self = .letters(try values.decode(LetterCase.self, forKey: .form))
        case .phone: self = .phone(try values.decode(PhoneForm.self, forKey: .form))
        case .date: self = .date(try values.decode(DateForm.self, forKey: .form))
        case .choices:
            self = .choices(
                try values.decode([Choice].self, forKey: .table),
                otherwise: try values.decodeIfPresent(String.self, forKey: .otherwise))
        case .part:
            self = .part(
                try values.decode(Int.self, forKey: .part),
                separator: try values.decode(String.self, forKey: .separator))
        case .template: self = .template(try values.decode(String.self, forKey: .text))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .letters(let form):
            try values.encode(Kind.letters, forKey: .kind)
            try values.encode(form, forKey: .form)
        case .phone(let form):
            try values.encode(Kind.phone, forKey: .kind)
            try values.encode(form, forKey: .form)
        case .date(let form):
            try values.encode(Kind.date, forKey: .kind)
            try values.encode(form, forKey: .form)
        case .choices(let table, let otherwise):
            try values.encode(Kind.choices, forKey: .kind)
            try values.encode(table, forKey: .table)
            try values.encodeIfPresent(otherwise, forKey: .otherwise)
        case .part(let number, let separator):
            try values.encode(Kind.part, forKey: .kind)
            try values.encode(number, forKey: .part)
            try values.encode(separator, forKey: .separator)
        case .template(let text):
            try values.encode(Kind.template, forKey: .kind)
            try values.encode(text, forKey: .text)
        }
    }
}
