/// Which records a search has to look at.
extension OdooTable {
    /// The ids that an index gives for a domain; nil: every record must be looked at.
    func candidates(_ domain: OdooDomain) -> [Int64]? {
        switch domain {
        case .term(let term): return candidates(term)
        case .all(let parts):
            return parts.compactMap { candidates($0) }.min { $0.count < $1.count }
        case .any(let parts):
            var ids: Set<Int64> = []
            for part in parts {
                guard let more = candidates(part) else { return nil }
                ids.formUnion(more)
            }
            return ids.sorted()
        case .not: return nil
        }
    }

    private func candidates(_ term: OdooTerm) -> [Int64]? {
        if book.fields[term.field].name == "phone_mobile_search" { return withPhone(term) }
        guard [.is, .isIn].contains(term.comparison) else { return nil }
        let wanted = term.value.items ?? [term.value]
        if term.field == OdooFieldBook.id { return wanted.compactMap(\.wholeNumber) }
        guard isIndexed(term.field), !wanted.contains(false) else { return nil }
        return wanted.compactMap(\.identifier).flatMap { ids(with: $0, in: term.field) }
    }

    /// Odoo looks through all numbers for the digits; the sandbox knows them by their last seven.
    private func withPhone(_ term: OdooTerm) -> [Int64]? {
        guard let tail = term.value.text.flatMap(OdooPhone.tail) else { return nil }
        let ids = ["~phone", "~mobile"].compactMap { book.number(of: $0) }.flatMap { self.ids(with: tail, in: $0) }
        return Array(Set(ids)).sorted()
    }
}

extension OdooDomain {
    /// No record that was written before this moment agrees; nil: nothing is said of it.
    var earliestWrite: Int64? {
        bound(OdooFieldBook.writeDate, [.greaterOrEqual, .greater]) { $0.text.flatMap(OdooTime.milliseconds) }
    }

    /// The ids between which all records lie that agree.
    var idBounds: Range<Int64>? {
        let low = bound(OdooFieldBook.id, [.greaterOrEqual, .greater]) { $0.wholeNumber } ?? .min
        let high = bound(OdooFieldBook.id, [.less, .lessOrEqual]) { $0.wholeNumber } ?? .max
        return low <= high && high < .max ? low..<(high + 1) : low < .max ? low..<Int64.max : nil
    }

    private func bound(_ field: Int, _ comparisons: Set<OdooTerm.Comparison>, _ read: (JSON) -> Int64?) -> Int64? {
        switch self {
        case .term(let term): term.field == field && comparisons.contains(term.comparison) ? read(term.value) : nil
        case .all(let parts): parts.compactMap { $0.bound(field, comparisons, read) }.first
        case .any, .not: nil
        }
    }
}
