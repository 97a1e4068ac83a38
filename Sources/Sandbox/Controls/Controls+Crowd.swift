import Domain
import Synchronization

/// `POST /sandbox/crm/{name}/crowd`: many contacts at once, as an import at the vendor makes them: no webhook tells of them.
extension Controls {
    private static let most: Int64 = 200_000
    /// Made while others wait.
    private static let slice: Int64 = 500

    /// `{"count": 2000, "from": 0}`: `Persona 0`, `Persona 1`, …, each with a mobile number of Mexico and an address of its own.
    func crowd(_ call: Call, _ make: ([CrowdMember]) throws(ControlError) -> Void) throws(ControlError) -> Answer {
        let body = try Self.body(call)
        let from = body["from"]?.wholeNumber ?? 0
        guard let count = body["count"]?.wholeNumber, (1...Self.most).contains(count), (0...9_000_000).contains(from)
        else { throw ControlError("'count' is 1 to \(Self.most), 'from' 0 to 9000000.") }
        for start in stride(from: from, to: from + count, by: Int(Self.slice)) {
            try make((start..<min(start + Self.slice, from + count)).map(CrowdMember.init))
        }
        return .json(["made": JSON(count)], status: 201)
    }

    func hubSpotCrowd(_ members: [CrowdMember]) throws(ControlError) {
        let now = world.clock.now.milliseconds
        do throws(HubSpotError) {
            for member in members {
                _ = try world.hubSpot.create(
                    .contacts,
                    [
                        "properties": [
                            "firstname": JSON(member.firstName), "lastname": JSON(member.lastName),
                            "mobilephone": JSON(member.phone), "email": JSON(member.email),
                        ]
                    ], at: now)
            }
        } catch {
            throw ControlError(error.message)
        }
    }

    func salesforceCrowd(_ members: [CrowdMember]) throws(ControlError) {
        let now = world.clock.now.milliseconds
        do throws(SalesforceError) {
            try world.salesforce.withState { state throws(SalesforceError) in
                let object = try state.object("Contact")
                for member in members {
                    let draft = try SObjectDraft(
                        [
                            "FirstName": JSON(member.firstName), "LastName": JSON(member.lastName),
                            "MobilePhone": JSON(member.phone), "Email": JSON(member.email),
                        ], state[object].schema, isNew: true)
                    _ = try state.insert(draft, into: object, at: now)
                }
            }
        } catch {
            throw ControlError("Salesforce did not take them.")
        }
    }

    func zohoCrowd(_ members: [CrowdMember]) throws(ControlError) {
        let write = ZohoWrite(
            kind: .insert, module: .contacts, now: world.clock.now.milliseconds, user: .agent, path: "$.fields")
        let isTaken = world.zoho.state.withLock { state in
            members.allSatisfy { member in
                let written = write.carryOut(
                    [
                        "First_Name": JSON(member.firstName), "Last_Name": JSON(member.lastName),
                        "Mobile": JSON(member.phone), "Email": JSON(member.email),
                    ], in: &state)
                return if case .success = written { true } else { false }
            }
        }
        guard isTaken else { throw ControlError("Zoho did not take them.") }
    }

    func odooCrowd(_ members: [CrowdMember]) throws(ControlError) {
        let values = members.map { member -> JSON in
            [
                "name": JSON("\(member.firstName) \(member.lastName)"), "phone": JSON(member.phone),
                "email": JSON(member.email),
            ]
        }
        _ = try odooCall("res.partner", "create", [], ["vals_list": .array(values)])
    }
}

/// Somebody of a crowd.
struct CrowdMember: Sendable {
    let number: Int64

    init(_ number: Int64) {
        self.number = number
    }

    var firstName: String { "Persona" }
    var lastName: String { String(number) }
    /// Mexico City has numbers of eight digits behind 55.
    var phone: String { "+5255\(20_000_000 + number)" }
    var email: String { "persona\(number)@example.com" }
}
