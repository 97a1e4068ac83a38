import Foundation

/// Order of a search's results, and how values compare.
struct SearchSort: Sendable {
    let source: SearchFilter.Source
    let isDescending: Bool

    /// Reads the one sort rule HubSpot allows; by id when there is none.
    init(_ json: JSON?, type: ObjectType, book: PropertyBook) throws(HubSpotError) {
        let sorts = json?.items ?? []
        guard sorts.count <= 1 else { throw .validation("Only one sort is supported.") }
        guard let first = sorts.first else {
            source = .id
            isDescending = false
            return
        }
        // A bare name sorts ascending.
        let name = first["propertyName"]?.text ?? first.text ?? ""
        guard let source = Self.source(of: name, type: type, book: book) else {
            throw .validation("Unknown property '\(name.prefix(120))' in sorts.")
        }
        self.source = source
        isDescending = first["direction"]?.text?.uppercased() == "DESCENDING"
    }

    func sorted(_ records: [CRMRecord]) -> [CRMRecord] {
        let keyed = records.map { (record: $0, number: Self.number(of: $0, source), text: textKey($0)) }
        let ordered = keyed.sorted { first, second in
            if let one = first.number, let two = second.number {
                return one == two ? first.record.id < second.record.id : (one < two) != isDescending
            }
            if let one = first.text, let two = second.text {
                return one == two ? first.record.id < second.record.id : (one < two) != isDescending
            }
            // Records without the value come last.
            let (has, other) = (first.number != nil || first.text != nil, second.number != nil || second.text != nil)
            return has == other ? first.record.id < second.record.id : has
        }
        return ordered.map(\.record)
    }

    private func textKey(_ record: CRMRecord) -> String? {
        if case .field(_, .string) = source { Self.text(of: record, source) } else { nil }
    }

    static func source(of name: String, type: ObjectType, book: PropertyBook) -> SearchFilter.Source? {
        switch name {
        case "hs_object_id": return .id
        case type.created, "createdate", "hs_createdate": return .created
        case type.modified, "lastmodifieddate", "hs_lastmodifieddate": return .modified
        default:
            guard let number = book.number(of: name), let definition = book.definitions[number] else { return nil }
            return .field(number, definition.kind)
        }
    }

    static func text(of record: CRMRecord, _ source: SearchFilter.Source) -> String? {
        switch source {
        case .id: String(record.id)
        case .created: ISOTime.text(record.createdAt)
        case .modified: ISOTime.text(record.modifiedAt)
        case .field(let number, _): record[number]
        case .association: nil
        }
    }

    static func number(of record: CRMRecord, _ source: SearchFilter.Source) -> Double? {
        switch source {
        case .id: Double(record.id)
        case .created: Double(record.createdAt)
        case .modified: Double(record.modifiedAt)
        case .field(let property, _): record[property].flatMap { number($0, source) }
        case .association: nil
        }
    }

    /// A value as a number: milliseconds for times, nil for text.
    static func number(_ text: String, _ source: SearchFilter.Source) -> Double? {
        switch source {
        case .id, .field(_, .number): Double(text)
        case .created, .modified, .field(_, .datetime), .field(_, .date):
            ISOTime.milliseconds(text.uppercased()).map(Double.init)
        case .field, .association: nil
        }
    }
}
