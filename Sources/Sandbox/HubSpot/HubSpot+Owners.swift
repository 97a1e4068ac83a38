/// `/crm/v3/owners`: the company's people in the CRM.
extension HubSpot {
    private struct Person {
        let id: Int
        let email: String
        let first: String
        let last: String
        let user: Int
        var isArchived = false
    }

    private static let people = [
        Person(id: 1_234_567, email: "marta.gil@ejemplo.example", first: "Marta", last: "Gil", user: 5_712_547),
        Person(id: 1_234_568, email: "jorge.ruiz@ejemplo.example", first: "Jorge", last: "Ruiz", user: 5_712_548),
        Person(id: 1_234_569, email: "mei.lin@ejemplo.example", first: "Mei", last: "Lin", user: 5_712_549),
        Person(id: 1_234_570, email: "joao.souza@ejemplo.example", first: "João", last: "Souza", user: 5_712_550),
        Person(
            id: 1_234_571, email: "rosa.diaz@ejemplo.example", first: "Rosa", last: "Díaz", user: 5_712_551,
            isArchived: true),
    ]

    func owners(_ id: String?, _ call: Call) throws(HubSpotError) -> Answer {
        guard call.method == .get else { throw .notFound }
        if let id {
            guard let person = Self.people.first(where: { String($0.id) == id }) else { throw .notFound }
            return .json(Self.json(person))
        }
        let email = call.query["email"]
        let isArchived = call.flag("archived")
        let after = call.query["after"].flatMap { Int($0) } ?? 0
        let found = Self.people.filter { person in
            person.isArchived == isArchived && (email == nil || person.email == email) && person.id > after
        }
        let page = found.prefix(call.number("limit", in: 1...500) ?? 100)
        let isMore = page.count < found.count
        let next = page.last.map { JSON(String($0.id)) }
        return .json([
            "results": .array(page.map(Self.json)),
            "paging": isMore ? next.map { ["next": ["after": $0]] } : nil,
        ])
    }

    private static func json(_ person: Person) -> JSON {
        [
            "id": JSON(String(person.id)), "email": JSON(person.email), "type": "PERSON",
            "firstName": JSON(person.first), "lastName": JSON(person.last), "userId": JSON(person.user),
            "userIdIncludingInactive": JSON(person.user), "createdAt": "2025-01-10T10:00:00.000Z",
            "updatedAt": "2026-10-01T10:00:00.000Z", "archived": JSON(person.isArchived),
            "teams": [["id": "178", "name": "Ventas", "primary": true]],
        ]
    }
}
