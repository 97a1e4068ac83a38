/// `search`: which records a domain finds, and in which order.
extension OdooState {
    struct Search {
        var domain: OdooDomain
        var order: [(field: Int, isAscending: Bool)]
        var offset = 0
        var limit: Int?
    }

    /// - Parameter context: `active_test: false` shows archived records, too.
    func search(_ json: JSON?, order: String?, context: JSON, in table: OdooTable) throws(OdooError) -> Search {
        var domain = try OdooDomainReader.read(json, book: table.book, model: table.model)
        if context["active_test"]?.flag != false, let active = table.book.number(of: "active"),
            !domain.mentions(active)
        {
            domain = .all([.term(OdooTerm(field: active, comparison: .is, value: true)), domain])
        }
        return Search(domain: domain, order: try Self.order(order, in: table))
    }

    private static func order(
        _ text: String?, in table: OdooTable
    ) throws(OdooError) -> [(field: Int, isAscending: Bool)] {
        guard let text, !text.isEmpty else {
            return [(OdooFieldBook.id, table.model != "mail.message")]
        }
        var order: [(field: Int, isAscending: Bool)] = []
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ")
            guard let name = words.first, let field = table.book.number(of: String(name)), words.count <= 2 else {
                throw .user("Invalid \"order\" specified (\(text.prefix(80))).")
            }
            order.append((field, words.count == 1 || words[1].lowercased() != "desc"))
        }
        return order
    }

    func found(_ search: Search, in table: OdooTable) -> [OdooRecord] {
        let limit = search.limit.map { $0 + search.offset } ?? .max
        let isByTime =
            search.order.map(\.field) == [OdooFieldBook.writeDate, OdooFieldBook.id]
            && search.order.allSatisfy(\.isAscending)
        let records =
            if isByTime, table.candidates(search.domain) == nil {
                byTime(search.domain, limit: limit, in: table)
            } else {
                sorted(matching(search.domain, in: table), by: search.order, in: table)
            }
        return Array(records.dropFirst(search.offset).prefix(search.limit ?? .max))
    }

    func matching(_ domain: OdooDomain, in table: OdooTable) -> [OdooRecord] {
        if let ids = table.candidates(domain) {
            return ids.compactMap { table[$0] }.filter { matches($0, domain, in: table) }
        }
        let span = table.ids.clamped(to: domain.idBounds ?? table.ids)
        return span.compactMap { table[$0] }.filter { matches($0, domain, in: table) }
    }

    /// The journal gives the order, so that a page costs what it holds.
    private func byTime(_ domain: OdooDomain, limit: Int, in table: OdooTable) -> [OdooRecord] {
        let entries = table.journal.entries
        var found: [OdooRecord] = []
        var index = table.journal.firstIndex(from: domain.earliestWrite ?? .min)
        while index < entries.count, found.count < limit {
            let time = entries[index].at
            var ids: Set<Int64> = []
            while index < entries.count, entries[index].at == time {
                ids.insert(entries[index].id)
                index += 1
            }
            found += ids.sorted().compactMap { table[$0] }
                .filter { $0.writtenAt == time && matches($0, domain, in: table) }
        }
        return found
    }

    private func sorted(
        _ records: [OdooRecord], by order: [(field: Int, isAscending: Bool)], in table: OdooTable
    ) -> [OdooRecord] {
        if order.count == 1, order[0].field == OdooFieldBook.id {
            return records.sorted { order[0].isAscending ? $0.id < $1.id : $0.id > $1.id }
        }
        return records.sorted { first, second in
            for (field, isAscending) in order {
                let (left, right) = (value(field, of: first, in: table), value(field, of: second, in: table))
                if left == right { continue }
                return Self.isLess(left, right) == isAscending
            }
            return first.id < second.id
        }
    }

    /// Empty ones come last, as in PostgreSQL.
    private static func isLess(_ left: OdooValue?, _ right: OdooValue?) -> Bool {
        switch (left, right) {
        case (nil, _): false
        case (_, nil): true
        case (.integer(let left)?, .integer(let right)?): left < right
        case (.number(let left)?, .number(let right)?): left < right
        case (let left?, let right?): left.indexKey < right.indexKey
        }
    }
}
