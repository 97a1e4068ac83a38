/// What a path asks for, whichever style it is written in.
enum HubSpotRoute {
    case objects(ObjectType, rest: [String])
    case associations(ObjectType, ObjectType, rest: [String])
    case properties(ObjectType, rest: [String])
    case owners(id: String?)
    case account

    init(_ call: Call) throws(HubSpotError) {
        let parts = call.segments
        if parts.first == "account-info", parts.last == "details", parts.count == 3, Self.isVersion(parts[1]) {
            self = .account
            return
        }
        guard parts.count >= 3, parts[0] == "crm" else { throw .notFound }
        // `crm/v3/objects/…` or `crm/objects/2026-09/…`
        let (family, version) = Self.isVersion(parts[1]) ? (parts[2], parts[1]) : (parts[1], parts[2])
        guard Self.isVersion(version) else { throw .notFound }
        let rest = Array(parts.dropFirst(3))
        switch family {
        case "objects": self = .objects(try Self.type(rest.first), rest: Array(rest.dropFirst()))
        case "properties": self = .properties(try Self.type(rest.first), rest: Array(rest.dropFirst()))
        case "owners": self = .owners(id: rest.first)
        case "associations":
            guard rest.count >= 2 else { throw .notFound }
            self = .associations(try Self.type(rest[0]), try Self.type(rest[1]), rest: Array(rest.dropFirst(2)))
        default: throw .notFound
        }
    }

    var isSearch: Bool {
        if case .objects(_, let rest) = self { rest == ["search"] } else { false }
    }

    private static func isVersion(_ text: String) -> Bool {
        ["v3", "v4", "2026-03", "2026-09"].contains(text)
    }

    private static func type(_ name: String?) throws(HubSpotError) -> ObjectType {
        guard let name, let type = ObjectType(name) else {
            throw .validation("Unable to infer object type from: \((name ?? "").prefix(60))")
        }
        return type
    }
}
