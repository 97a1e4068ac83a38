import Domain

/// A value of a record to write, in the kind that its field takes.
enum SalesforceValue: Encodable, Equatable, Sendable {
    /// Empties the field.
    case null
    case text(String)
    case flag(Bool)
    case number(Double)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        }
    }
}

extension MappedField {
    func salesforce() throws(CallFailure) -> SalesforceValue {
        switch value {
        // A box is ticked or not: it cannot be empty.
        case .empty: return field.field.shape == .yesNo ? .flag(false) : .null
        case .text(let text) where ["reference", "id"].contains(field.kind):
            guard SalesforceRecordID.isID(text) else { throw FieldAdvice.noSuchRecord(field.field, "Salesforce") }
            return .text(text)
        case .text(let text): return .text(field.isHTML ? PlainHTML.written(text) : text)
        case .number(let number):
            guard let number = Double(number) else { throw FieldAdvice.notOfKind(field.field, .number, "Salesforce") }
            if ["int", "long"].contains(field.kind), number != number.rounded() {
                throw FieldAdvice.notWhole(field.field, "Salesforce")
            }
            return .number(number)
        case .flag(let flag): return .flag(flag)
        case .date(let day): return .text(day)
        case .moment(let moment): return .text(moment.iso8601)
        case .words(let words): return .text(words.joined(separator: ";"))
        }
    }
}

extension DescribedField {
    /// As Puente writes what Salesforce stores.
    func canonical(salesforce stored: String) -> String {
        switch field.shape {
        case .moment: SalesforceTime.timestamp(stored)?.iso8601 ?? stored
        case .number: FieldText.number(stored) ?? stored
        case .text where isHTML: PlainHTML.read(stored)
        default: stored
        }
    }
}

extension RemoteContact {
    /// With these fields in the one writing that they have outside.
    func canonical(salesforce names: [String], _ book: FieldBook) -> RemoteContact {
        with(
            Dictionary(
                names.map { name in
                    (name, fields[name].map { book[name]?.canonical(salesforce: $0) ?? $0 })
                }, uniquingKeysWith: { first, _ in first }))
    }
}
