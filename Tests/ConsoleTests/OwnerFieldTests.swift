import Domain
import Testing

@testable import Console

@Suite struct OwnerFieldTests {
    private static let address = "marta.gil@ejemplo.example"

    private func field(_ owner: ContactDetailsFacts.Field.Owner?) throws -> ContactDetailsCard.Field {
        let known = FieldFacts(
            id: FieldID(rawValue: 1), key: "owner", name: "Owner in the CRM", kind: .text)
        let facts = ContactDetailsFacts(
            contact: ContactID(rawValue: 1), labels: [], otherLabels: [],
            fields: [.init(known, value: Self.address, owner: owner)], states: [],
            habits: WritingHabits(region: "ES", language: .english))
        return try #require(ContactDetailsCard(facts, in: try SampleWorld(.english).context).fields.first)
    }

    @Test func `the owner in the CRM is the colleague who has the address`() throws {
        let shown = try field(.colleague(name: "Marta Gil"))
        #expect(shown.shown == "Marta Gil · \(Self.address)")
        #expect(shown.written == Self.address && shown.unassigned == nil)
    }

    @Test func `an address that nobody here has is shown with a word that nobody is assigned`() throws {
        let shown = try field(.nobodyHere)
        #expect(shown.shown == Self.address)
        #expect(shown.unassigned?.contains("assigned to nobody") == true)
        #expect(try field(nil).unassigned == nil)
    }
}
