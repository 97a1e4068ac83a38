import Domain
import OutboundHTTP

/// Decides whether texts can stand in fields of a CRM. What does not fit is the fault of one contact, never of its batch.
struct FieldFitting {
    /// As people call the CRM.
    let vendor: String
    /// The account's people; nil where they could not be read, and where nobody is named.
    var users: UserDirectory?

    /// - Parameter texts: by the names of the fields; an empty text empties its field.
    /// - Throws: what is wrong with the first of them that does not fit, in the order of the names.
    func values(_ texts: [String: String], in book: FieldBook) throws(CallFailure) -> [MappedField] {
        var values: [MappedField] = []
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let field = book[name] else { throw FieldAdvice.unknown(name, vendor) }
            guard field.field.isWritable, field.isMappable else { throw FieldAdvice.readOnly(field.field, vendor) }
            values.append(MappedField(field: field, value: try value(text, of: field.field)))
        }
        return values
    }

    func value(_ text: String, of field: RemoteField) throws(CallFailure) -> MappedValue {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty else { return .empty }
        switch field.shape {
        case .text: return .text(PlainText.cut(text, to: field.maxLength ?? 0))
        case .other: return .text(line)
        case .user: return try .text(person(line, field))
        case .url: return try .text(whole(line, field))
        case .phone:
            guard line.contains(where: { $0.isASCII && $0.isNumber }) else { throw refused(field, .phone) }
            return try .text(whole(line, field))
        case .email:
            guard Self.isAddress(line) else { throw refused(field, .email) }
            return try .text(whole(line, field))
        case .number:
            let number = FieldText.number(line)
            guard let number else { throw refused(field, .number) }
            return .number(number)
        case .date:
            guard let day = FieldText.day(line) else { throw refused(field, .date) }
            return .date(day)
        case .moment:
            guard let moment = FieldText.moment(line) else { throw refused(field, .moment) }
            return .moment(moment)
        case .yesNo, .consent:
            guard let flag = FieldText.flag(line) else { throw refused(field, .yesNo) }
            return .flag(flag)
        case .choice: return try .text(choice(line, field))
        case .language: return try .text(language(line, field))
        case .set:
            var words: [String] = []
            for word in SyncSet(text).words { words.append(try choice(word, field)) }
            return words.isEmpty ? .empty : .words(words)
        }
    }

    /// The CRM's id of whoever has an address. What is none is an id.
    private func person(_ text: String, _ field: RemoteField) throws(CallFailure) -> String {
        guard text.contains("@") else { return text }
        guard let id = users?.id(of: text) else { throw FieldAdvice.noSuchUser(field, vendor) }
        return id
    }

    /// As the CRM spells it.
    private func choice(_ word: String, _ field: RemoteField) throws(CallFailure) -> String {
        guard let listed = field.listed(choice: word) else { throw FieldAdvice.noSuchChoice(word, field, vendor) }
        return listed
    }

    private func language(_ word: String, _ field: RemoteField) throws(CallFailure) -> String {
        guard let listed = field.listed(language: word) else { throw FieldAdvice.noSuchChoice(word, field, vendor) }
        return listed
    }

    /// What loses its sense when it is cut.
    private func whole(_ text: String, _ field: RemoteField) throws(CallFailure) -> String {
        guard let limit = field.maxLength, limit > 0, text.utf16.count > limit else { return text }
        throw FieldAdvice.tooLong(field, limit, vendor)
    }

    private func refused(_ field: RemoteField, _ shape: FieldShape) -> CallFailure {
        FieldAdvice.notOfKind(field, shape, vendor)
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
    }
}

extension RemoteField {
    /// As the CRM spells it; nil for what it does not list.
    func listed(choice word: String) -> String? {
        guard !choices.isEmpty, !choices.contains(word) else { return word }
        // Languages are listed in several ways, and not with every country.
        return choices.first { $0.lowercased() == word.lowercased() }
            ?? FieldText.language(word, among: choices.filter(FieldText.isLanguage))
    }

    /// The same of a language; another one of its countries will do.
    func listed(language word: String) -> String? {
        guard !choices.isEmpty, !choices.contains(word) else { return word }
        return FieldText.language(word, among: choices)
    }

    /// What of a text stands in the field once it was written there: by that, and not by the whole, both sides are compared.
    func held(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return switch shape {
        case .text: PlainText.cut(text, to: maxLength ?? 0)
        case .choice: listed(choice: line) ?? text
        case .language: listed(language: line) ?? text
        case .phone, .email, .number, .date, .moment, .yesNo, .set, .consent, .url, .user, .other: text
        }
    }
}
