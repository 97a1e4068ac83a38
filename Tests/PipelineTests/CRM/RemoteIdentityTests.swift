import CRM
import Domain
import Store
import Testing

@testable import Pipeline

@Suite struct `What a CRM's record says of a person` {
    @Test func `has the numbers that can be read, and keeps the others with the reason`() {
        let record = RemoteContact(
            id: "51", phones: ["55 1234 5678", "55 12", "  ", "ver nota", "55 12", "+34 612 345 678"])

        let identity = RemoteIdentity(record, region: "MX")

        #expect(identity.phones.map { String($0.suffix(9)) } == ["512345678", "612345678"])
        #expect(
            identity.unreadableNumbers == [
                UnreadableNumber("55 12", problem: "tooShort"), UnreadableNumber("ver nota", problem: "notANumber"),
            ])
    }

    @Test func `is blank where it says nothing, and nothing where the CRM has no such field`() {
        let mapping = FieldMapping(
            ["email", "labels", "city"].map {
                MappingRow(local: .note, remote: $0, direction: .both, rule: .crmWins)
            })
        var record = RemoteContact(id: "51", fields: ["email": "ana@ejemplo.mx"])
        record.lacking = ["labels"]

        let identity = RemoteIdentity(record, region: "MX", comparing: mapping)

        #expect(identity.fields == ["email": "ana@ejemplo.mx", "city": ""])
    }
}
