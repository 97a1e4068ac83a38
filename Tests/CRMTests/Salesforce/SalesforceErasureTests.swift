import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct SalesforceErasureTests {
    private func erasure(_ ids: [String], deletes: Bool) -> ContactErasure {
        ContactErasure(
            puenteID: puenteID(1), remoteIDs: ids, isDeletionWished: deletes, at: morning, occasion: puenteID(77))
    }

    @Test func `told of an erasure, our fields are emptied and one task says why`() async throws {
        try await SalesforceRig.run { rig in
            let contact = ContactUpsert(puenteID: puenteID(1), firstName: "Ana López", waID: "34600111222")
            let id = try #require(try await rig.connector.upsertContacts([contact])[0].remoteID)

            for _ in 0..<2 {
                let outcomes = try await rig.connector.tellErasures([erasure([id], deletes: false)])
                #expect(outcomes == [.done(remoteID: id)])
            }

            let held = try #require(try await rig.held("/contacts").first)
            for field in SalesforceField.allCases { #expect(held[field.name] == nil) }
            #expect(held["LastName"] == "López")
            let tasks = try await rig.held("/activities?object=Task")
            #expect(tasks.map { $0["WhoId"] } == [id])
            #expect(tasks[0]["Subject"]?.contains(puenteID(77)) == true)
        }
    }

    @Test func `asked to delete, the record goes with its messages, and a repeat finds nothing to do`() async throws {
        try await SalesforceRig.run { rig in
            let ids = try await rig.made(1...2)
            let messages = (Int64(1)...120).map { activity($0, remoteID: ids[0]) } + [activity(500, remoteID: ids[1])]
            _ = try await rig.connector.recordActivities(messages)

            let first = try await rig.connector.tellErasures([erasure([ids[0]], deletes: true)])
            let second = try await rig.connector.tellErasures([erasure([ids[0]], deletes: true)])

            #expect(first == [.done(remoteID: ids[0])])
            #expect(second == first)
            #expect(try await rig.held("/contacts").map { $0["Id"] } == [ids[1]])
            #expect(try await rig.held("/activities").map { $0["Contact__c"] } == [ids[1]])
        }
    }

    @Test func `without a link the record with our id is found`() async throws {
        try await SalesforceRig.run { rig in
            _ = try await rig.made(1...1)

            let outcomes = try await rig.connector.tellErasures([erasure([], deletes: true)])

            #expect(outcomes == [.done(remoteID: puenteID(1))])
            #expect(try await rig.held("/contacts").isEmpty)
        }
    }
}
