/// `/crm/v3/owners`: the company's people in the CRM.
extension HubSpot {
    private static let people: [(id: String, email: String, first: String, last: String, user: Int)] = [
        ("1234567", "marta.gil@ejemplo.example", "Marta", "Gil", 5_712_547),
        ("1234568", "jorge.ruiz@ejemplo.example", "Jorge", "Ruiz", 5_712_548),
        ("1234569", "mei.lin@ejemplo.example", "Mei", "Lin", 5_712_549),
        ("1234570", "joao.souza@ejemplo.example", "João", "Souza", 5_712_550),
    ]

    func owners(_ id: String?, _ call: Call) throws(HubSpotError) -> Answer {
        guard call.method == .get else { throw .notFound }
        if let id {
            guard let person = Self.people.first(where: { $0.id == id }) else { throw .notFound }
            return .json(Self.json(person))
        }
        let email = call.query["email"]
        let isArchived = call.flag("archived")
        let found = isArchived ? [] : Self.people.filter { email == nil || $0.email == email }
        return .json(["results": .array(found.prefix(call.number("limit", in: 1...500) ?? 100).map(Self.json))])
    }

    private static func json(_ person: (id: String, email: String, first: String, last: String, user: Int)) -> JSON {
        [
            "id": JSON(person.id), "email": JSON(person.email), "type": "PERSON", "firstName": JSON(person.first),
            "lastName": JSON(person.last), "userId": JSON(person.user), "userIdIncludingInactive": JSON(person.user),
            "createdAt": "2025-01-10T10:00:00.000Z", "updatedAt": "2026-10-01T10:00:00.000Z", "archived": false,
            "teams": [["id": "178", "name": "Ventas", "primary": true]],
        ]
    }
}
