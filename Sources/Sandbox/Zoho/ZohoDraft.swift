/// The values of one write, checked against the module's fields. Names that are no field's are passed over in silence,
/// as Zoho does.
struct ZohoDraft: Sendable {
    /// Nil clears the field.
    private(set) var values: [(field: Int, text: String?)] = []
    private(set) var owner: ZohoUser?
    /// Nil leaves them as they are.
    private(set) var tags: [String]?
    /// API names of what is written, for call-backs.
    private(set) var names: [String] = []

    init(
        _ json: JSON, _ module: ZohoModule, in state: ZohoState, path: String, isNew: Bool
    ) throws(ZohoError) {
        guard let members = json.members else { throw .invalid("data", path: path, expected: "jsonobject") }
        let book = state.book(module)
        var problems: [ZohoError] = []
        for member in members.members {
            guard let column = ZohoColumn(member.key, in: book), let field = book[member.key] else { continue }
            do throws(ZohoError) {
                try read(column, field, member.value, module, state, "\(path).\(member.key)")
            } catch {
                problems.append(error)
            }
        }
        if isNew {
            problems += book.all.filter(\.isMandatory).compactMap { field -> ZohoError? in
                let isThere = values.contains { $0.text != nil && book.fields[$0.field]?.name == field.name }
                let isWrong = problems.contains { $0.details["api_name"]?.text == field.name }
                return isThere || isWrong ? nil : .missing(field.name, path: "\(path).\(field.name)")
            }
        }
        if let problem = ZohoError.together(problems) { throw problem }
    }

    func apply(to record: inout ZohoRecord) {
        for (field, text) in values { record[field] = text }
        if let owner { record.owner = owner }
        if let tags { record.tags = tags }
    }

    private mutating func read(
        _ column: ZohoColumn, _ field: ZohoField, _ json: JSON, _ module: ZohoModule, _ state: ZohoState, _ path: String
    ) throws(ZohoError) {
        switch column {
        case .owner:
            guard let user = ZohoUser.allCases.first(where: { $0.id == Self.id(json) }) else {
                throw .invalid("Owner", path: path, expected: "ownerlookup")
            }
            owner = user
        case .tags: tags = (json.items ?? []).compactMap { $0["name"]?.text }
        case .field(let number) where !field.isReadOnly:
            values.append((number, try text(json, field, state, path)))
        default: return
        }
        names.append(field.name)
    }

    private func text(
        _ json: JSON, _ field: ZohoField, _ state: ZohoState, _ path: String
    ) throws(ZohoError) -> String? {
        if json.isNull || json.text == "" { return nil }
        let wrong = ZohoError.invalid(field.name, path: path, expected: field.kind.rawValue)
        switch field.kind {
        case .boolean:
            guard let flag = json.flag else { throw wrong }
            return flag ? "true" : "false"
        case .integer, .bigint:
            guard case .integer(let number) = json else { throw wrong }
            return String(number)
        case .double, .currency:
            guard let number = json.decimal, json.text == nil else { throw wrong }
            return "\(number)"
        case .date:
            guard let text = json.text, text.utf8.count == 10, ZohoTime.milliseconds("\(text)T00:00:00Z") != nil else {
                throw wrong
            }
            return text
        case .multiselectpicklist:
            guard let words = json.items?.compactMap(\.text), words.count == json.items?.count else { throw wrong }
            return words.isEmpty ? nil : words.joined(separator: ";")
        case .datetime:
            guard let time = json.text.flatMap(ZohoTime.milliseconds) else { throw wrong }
            return String(time)
        case .lookup, .ownerlookup:
            guard let id = Self.id(json), let record = state.record(id) else {
                throw .wrongID(Self.id(json).map { String($0) }, path: "\(path).id")
            }
            if let wanted = field.lookup, ZohoModule(of: record.id) != wanted {
                throw .wrongID(String(id), path: "\(path).id")
            }
            return String(id)
        case .text, .textarea, .email, .phone, .website, .picklist:
            guard let text = json.text else { throw wrong }
            guard text.count <= field.length else { throw .tooLong(field.name, path: path, maximum: field.length) }
            if field.kind == .email, !Self.isEmail(text) { throw wrong }
            if field.kind == .phone, !Self.isPhone(text) { throw wrong }
            return text
        }
    }

    /// `{"id": "…"}` or the id alone.
    private static func id(_ json: JSON) -> Int64? { json["id"]?.wholeNumber ?? json.wholeNumber }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasSuffix(".")
            && !text.contains(where: \.isWhitespace)
    }

    /// Loosely: people write extensions and words beside a number.
    private static func isPhone(_ text: String) -> Bool {
        text.contains(where: \.isASCIIDigit) && text.allSatisfy { $0.isASCII && $0 != "<" && $0 != ">" }
    }
}
