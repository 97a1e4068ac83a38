import Domain

/// A name that a record has in two fields. Where its first part ends, each side may think otherwise: names that are the same
/// as a whole are the same, and one that is taken is taken as a whole, unless it was changed here as well.
struct NameOfRecord {
    let present: PersonName
    /// The present one, with the part that was emptied as it was agreed on: a blank overwrites nothing.
    let taken: PersonName
    /// What both sides agreed on; nil where they never did.
    private let former: PersonName?
    /// Of the two rows, by ``Domain/MappingRow/agreementKey``.
    private let rows: Set<String>

    /// Nil where the mapping does not take both parts as they are, or the record says neither.
    init?(_ record: SyncRecord, _ comparisons: [RowComparison], agreed: [String: String]) {
        let rows = comparisons.map(\.row).filter { $0.direction.takesTheirs && $0.transforms.isEmpty }
        guard let first = rows.first(where: { $0.local == .firstName }),
            let last = rows.first(where: { $0.local == .lastName }),
            let firstText = record.fields[first.remote], let lastText = record.fields[last.remote]
        else { return nil }
        present = PersonName(first: Self.said(firstText, first), last: Self.said(lastText, last))
        guard !present.whole.isEmpty else { return nil }
        self.rows = [first.agreementKey, last.agreementKey]
        let (formerFirst, formerLast) = (agreed[first.agreementKey], agreed[last.agreementKey])
        former =
            formerFirst == nil && formerLast == nil
            ? nil : PersonName(first: Self.folded(formerFirst), last: Self.folded(formerLast))
        taken = PersonName(
            first: present.first.isEmpty ? former?.first ?? "" : present.first,
            last: present.last.isEmpty ? former?.last ?? "" : present.last)
    }

    /// Whether it is one of the two fields: a part of the name may be told to others as well, in another writing.
    func stands(in row: MappingRow) -> Bool { rows.contains(row.agreementKey) }

    func isSame(as ours: String?) -> Bool { Self.isSame(ours, present.whole) }

    /// Whether both agreed on a name, and Puente still says it.
    func isStillAgreed(_ ours: String?) -> Bool { former.map { Self.isSame($0.whole, ours) } ?? false }

    /// Whether nothing was changed here since, if anything was ever agreed on.
    func wasOurs(_ ours: String?) -> Bool { former == nil || isStillAgreed(ours) }

    /// A name of ours in the two parts, as it was agreed on where they meet.
    func parts(of ours: String) -> PersonName { PersonName(ours, as: former) }

    static func isSame(_ one: String?, _ other: String?) -> Bool { folded(one) == folded(other) }

    /// What a field says of a part; nothing where it holds what stands for nothing.
    static func said(_ text: String, _ row: MappingRow) -> String { text == row.fallback ? "" : folded(text) }

    private static func folded(_ name: String?) -> String {
        (name ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension LocalField {
    var isPartOfName: Bool { self == .firstName || self == .lastName }
}
