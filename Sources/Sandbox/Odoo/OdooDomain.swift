/// Odoo's filter, read from its prefix notation: `["|", ["a", "=", 1], ["b", "=", 2]]`. Terms side by side are joined
/// by "and". Source: Odoo, "Search domains".
indirect enum OdooDomain: Sendable {
    case term(OdooTerm)
    case all([OdooDomain])
    case any([OdooDomain])
    case not(OdooDomain)

    /// Whether a term names this field: then archived records are not left out by themselves.
    func mentions(_ field: Int) -> Bool {
        switch self {
        case .term(let term): term.field == field
        case .all(let parts), .any(let parts): parts.contains { $0.mentions(field) }
        case .not(let part): part.mentions(field)
        }
    }
}

/// Reads a domain, term by term.
struct OdooDomainReader {
    private let items: [JSON]
    private let book: OdooFieldBook
    private let model: String
    private var position = 0

    init(_ json: JSON?, book: OdooFieldBook, model: String) throws(OdooError) {
        switch json {
        case nil, .null?, .bool(false)?: items = []
        case .array(let list)?: items = list
        default: throw .value("Domain() invalid item in domain")
        }
        self.book = book
        self.model = model
    }

    static func read(_ json: JSON?, book: OdooFieldBook, model: String) throws(OdooError) -> OdooDomain {
        var reader = try OdooDomainReader(json, book: book, model: model)
        var parts: [OdooDomain] = []
        while reader.position < reader.items.count { parts.append(try reader.next(depth: 0)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func next(depth: Int) throws(OdooError) -> OdooDomain {
        guard position < items.count, depth < 500 else { throw .value("Domain() malformed: an operand is missing") }
        let item = items[position]
        position += 1
        switch item {
        case "&": return .all([try next(depth: depth + 1), try next(depth: depth + 1)])
        case "|": return .any([try next(depth: depth + 1), try next(depth: depth + 1)])
        case "!": return .not(try next(depth: depth + 1))
        case .array(let parts) where parts.count == 3: return .term(try term(parts))
        default:
            throw .value("Domain() invalid item in domain: \(String(decoding: JSONWriter.bytes(item), as: UTF8.self))")
        }
    }

    private func term(_ parts: [JSON]) throws(OdooError) -> OdooTerm {
        if parts[0] == 1, parts[1] == "=" || parts[1] == 1 {
            return OdooTerm(field: OdooFieldBook.id, comparison: parts[2] == 1 ? .isNot : .is, value: false)
        }
        guard let name = parts[0].text, let symbol = parts[1].text else { throw .value("Domain() invalid leaf") }
        guard let comparison = OdooTerm.Comparison(rawValue: symbol.lowercased()) else {
            throw .value("Invalid operator '\(symbol.prefix(20))' in leaf on \(model).\(name.prefix(80))")
        }
        guard let field = book.number(of: name) else {
            throw .value("Invalid field \(model).\(name.prefix(120)) in leaf ('\(name.prefix(120))', '\(symbol)', …)")
        }
        return OdooTerm(field: field, comparison: comparison, value: parts[2])
    }
}
