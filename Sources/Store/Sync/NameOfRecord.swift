import Domain

/// A name that a record has in two fields. Where its first part ends, each side may think otherwise: names that are the same
/// as a whole are the same, and one that is taken is taken as a whole, unless it was changed here as well.
struct NameOfRecord {
    let present: PersonName
    /// What both sides agreed on; nil where they never did.
    private let former: PersonName?

    /// Nil where the mapping does not take both parts, or the record says neither.
    init?(_ record: SyncRecord, _ comparisons: [RowComparison], agreed: [String: String]) {
        let rows = comparisons.map(\.row).filter(\.direction.takesTheirs)
        guard let first = rows.first(where: { $0.local == .firstName }),
            let last = rows.first(where: { $0.local == .lastName }),
            let firstText = record.fields[first.remote], let lastText = record.fields[last.remote]
        else { return nil }
        present = PersonName(first: Self.folded(firstText), last: Self.folded(lastText))
        guard !present.whole.isEmpty else { return nil }
        let (formerFirst, formerLast) = (agreed[first.agreementKey], agreed[last.agreementKey])
        former =
            formerFirst == nil && formerLast == nil
            ? nil : PersonName(first: Self.folded(formerFirst), last: Self.folded(formerLast))
    }

    func isSame(as ours: String?) -> Bool { Self.folded(ours) == Self.folded(present.whole) }

    /// Whether Puente still says what was agreed on.
    func wasOurs(_ ours: String?) -> Bool { former.map { Self.folded($0.whole) == Self.folded(ours) } ?? true }

    private static func folded(_ name: String?) -> String {
        (name ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension LocalField {
    var isPartOfName: Bool { self == .firstName || self == .lastName }
}
