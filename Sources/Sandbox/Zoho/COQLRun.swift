/// Finds what a condition asks for: through an index where there is one, else by looking at every record.
struct COQLRun {
    let condition: COQLCondition
    let book: ZohoFieldBook
    let table: ZohoTable

    /// In no order.
    var matches: [ZohoRecord] {
        if let ids = candidates(condition) {
            return ids.compactMap { table[$0] }.filter { condition.matches($0, book) }
        }
        return table.live.filter { condition.matches($0, book) }
    }

    /// The first records in the order of (second of the last change, id), up to a count: pages of changes.
    func inOrderOfChange(from start: Int64, atMost count: Int) -> [ZohoRecord] {
        var found: [ZohoRecord] = []
        table.forEachSecond(from: start) { second in
            found += second.filter { condition.matches($0, book) }
            return found.count < count
        }
        return found
    }

    /// Since when all matches were changed, as far as the condition says so at its top.
    static func earliestChange(_ condition: COQLCondition) -> Int64? {
        switch condition {
        case .and(let one, let two):
            return [earliestChange(one), earliestChange(two)].compactMap { $0 }.max()
        case .compare(.modified, .equal, let text), .compare(.modified, .greaterOrEqual, let text),
            .compare(.modified, .greater, let text), .between(.modified, let text, _):
            return ZohoTime.milliseconds(text)
        default: return nil
        }
    }

    /// Ids among which all matches are; nil when no index tells.
    private func candidates(_ condition: COQLCondition) -> Set<Int64>? {
        switch condition {
        case .and(let one, let two): return candidates(one) ?? candidates(two)
        case .or(let one, let two):
            guard let first = candidates(one), let second = candidates(two) else { return nil }
            return first.union(second)
        case .compare(.id, .equal, let text): return Set([text].compactMap { Int64($0) })
        case .among(.id, let texts, isNegated: false): return Set(texts.compactMap { Int64($0) })
        case .compare(.field(let field), .equal, let text) where table.isIndexed(field):
            return Set(table.ids(with: text, in: field))
        case .among(.field(let field), let texts, isNegated: false) where table.isIndexed(field):
            return Set(texts.flatMap { table.ids(with: $0, in: field) })
        case .among(.field(let field), let texts, isNegated: false) where book.fields[field]?.kind == .phone:
            // The index holds the ends of numbers: shorter ones are in none.
            guard texts.allSatisfy({ $0.filter(\.isASCIIDigit).count >= 7 }) else { return nil }
            return Set(texts.flatMap { table.ids(withPhoneLike: $0.filter(\.isASCIIDigit)) })
        case .compare(.modified, .equal, let text):
            guard let second = ZohoTime.milliseconds(text) else { return [] }
            var ids: Set<Int64> = []
            table.forEachSecond(from: second) { records in
                ids.formUnion(records.filter { $0.modifiedAt == second }.map(\.id))
                return false
            }
            return ids
        default: return nil
        }
    }
}
