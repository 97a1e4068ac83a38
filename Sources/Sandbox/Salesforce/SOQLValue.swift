/// A value of a record or of a query, as conditions compare them.
enum SOQLValue: Sendable, Equatable {
    case null
    case text(String)
    case number(Double)
    case flag(Bool)
    /// Milliseconds since 1970.
    case time(Int64)

    /// Of a record. Text is in lower case but for ids: comparisons do not look at case.
    init(_ record: SObjectRecord, _ field: Int, _ object: Int, in state: SalesforceState) {
        let definition = state[object].schema.fields[field]
        switch definition.source {
        case .id: self = .text(state.id(record, of: object))
        case .created: self = .time(SalesforceTime.whole(record.createdAt))
        case .modified: self = .time(SalesforceTime.whole(record.modifiedAt))
        case .isDeleted: self = .flag(record.isDeleted)
        case .master:
            let prefix = state[object].schema.prefix
            self = record.masterNumber.map { .text(SalesforceID.text(prefix: prefix, number: $0)) } ?? .null
        case .fullName:
            self = RecordView.fullName(record, state[object].schema).map { SOQLValue.text($0.lowercased()) } ?? .null
        case .stored: self = record[field].map { Self.stored($0, definition.kind) } ?? Self.empty(definition.kind)
        }
    }

    private static func stored(_ text: String, _ kind: SObjectField.Kind) -> SOQLValue {
        switch kind {
        case .boolean: .flag(text == "true")
        case .double: .number(Double(text) ?? 0)
        case .datetime, .date: SalesforceTime.milliseconds(text).map(SOQLValue.time) ?? .null
        case .id, .reference: .text(text)
        case .string, .textarea, .phone, .email, .url, .picklist, .multipicklist: .text(text.lowercased())
        }
    }

    /// A box that nobody ticked is false, not empty.
    private static func empty(_ kind: SObjectField.Kind) -> SOQLValue { kind == .boolean ? .flag(false) : .null }

    /// Negative when smaller, 0 when equal; nil when the two cannot be compared.
    func compared(to other: SOQLValue) -> Int? {
        switch (self, other) {
        case (.text(let one), .text(let two)): one == two ? 0 : one < two ? -1 : 1
        case (.number(let one), .number(let two)): one == two ? 0 : one < two ? -1 : 1
        case (.time(let one), .time(let two)): one == two ? 0 : one < two ? -1 : 1
        case (.flag(let one), .flag(let two)): one == two ? 0 : !one ? -1 : 1
        case (.null, .null): 0
        default: nil
        }
    }
}
