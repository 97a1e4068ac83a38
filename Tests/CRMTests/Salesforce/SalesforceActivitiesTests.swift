import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct SalesforceActivitiesTests {
    @Test(arguments: [true, false])
    func `messages are recorded, found by their marker and follow their status`(deploys: Bool) async throws {
        try await SalesforceRig.run(deploys: deploys) { rig in
            _ = try await rig.connector.prepare()
            let contact = try #require(try await rig.made(900...900).first)
            let messages = (Int64(1)...30).map { number in
                // The seventh belongs to a contact that does not exist, the ninth to nobody.
                activity(
                    number, remoteID: number == 7 ? "003000000000000AAA" : number == 9 ? nil : contact,
                    at: morning + .seconds(number))
            }

            let recorded = try await rig.connector.recordActivities(messages)

            #expect(recorded.indices.filter { recorded[$0].remoteID == nil } == [6, 8])
            #expect(recorded[6].failure?.code == CallFailure.RecordCode.gone)
            #expect(recorded[8].failure?.code == CallFailure.RecordCode.notLinked)
            let found = try await rig.connector.findActivities(messages)
            #expect(found == recorded.map(\.remoteID))

            var sent = messages[0]
            sent.direction = .outbound
            sent.status = .failed
            sent.statusDetail = LocalizedText(en: "No window", es: "Sin ventana")
            sent.media = [ActivityMedia(kind: .image, url: "https://puente.example/media/1", filename: "a.jpg")]
            let id = try #require(recorded[0].remoteID)
            let updates = [
                ActivityUpdate(remoteID: id, activity: messages[0]), ActivityUpdate(remoteID: id, activity: sent),
                ActivityUpdate(remoteID: "nonsense", activity: sent),
            ]
            let updated = try await rig.connector.updateActivities(updates)

            #expect(updated.map(\.remoteID) == [id, id, nil])
            let held = try #require(try await rig.held("/activities").first { $0["Id"] == id })
            let text = held[deploys ? "Body__c" : "Description"] ?? ""
            #expect(text.contains("is my order on its way"))
            #expect(text.contains("a.jpg: https://puente.example/media/1"))
            #expect(text.contains("failed: No window"))
            if deploys {
                #expect(held["Status__c"] == "Failed")
                #expect(held["Media_Url__c"] == "https://puente.example/media/1")
                #expect(held["Contact__c"] == contact)
                #expect(held["Sent_At__c"] == "2026-11-20T09:30:01.000+0000")
            } else {
                #expect(held["WhoId"] == contact)
                #expect(held["ActivityDate"] == "2026-11-20")
                #expect(held["Status"] == "Completed")
            }
        }
    }

    @Test func `into their own object messages are written once, however often`() async throws {
        try await SalesforceRig.run { rig in
            let contact = try #require(try await rig.made(900...900).first)
            let messages = (Int64(1)...3).map { activity($0, remoteID: contact) } + [activity(1, remoteID: contact)]

            let first = try await rig.connector.recordActivities(messages)
            let second = try await rig.connector.recordActivities(messages)

            #expect(first == second)
            #expect(first[0] == first[3])
            #expect(try await rig.held("/activities").count == 3)
            #expect(rig.connector.capabilities.activityWrites == .idempotent)
        }
    }

    @Test func `a lost answer is repeated into the object, and looked for among tasks`() async throws {
        for deploys in [true, false] {
            try await SalesforceRig.run(deploys: deploys) { rig in
                _ = try await rig.connector.prepare()
                let contact = try #require(try await rig.made(900...900).first)
                let message = activity(1, remoteID: contact)
                _ = try await rig.connector.findActivities([message])  // so that the session and the schema are there
                try await rig.faults(#""kind":"drop_answer","count":1,"path":"/composite""#)

                let failure = await CallFailure.of { () throws(CallFailure) in
                    try await rig.connector.recordActivities([message])
                }

                #expect(failure?.kind == (deploys ? .transient : .unknown))
                let found = try await rig.connector.findActivities([message])
                #expect(found.compactMap(\.self).count == 1)
            }
        }
    }

    @Test func `without the object, repeated writes have to be looked for`() async throws {
        try await SalesforceRig.run(deploys: false) { rig in
            _ = try await rig.connector.prepare()
            #expect(rig.connector.capabilities.activityWrites == .findable(indexDelay: .seconds(1)))
            try await rig.connector.ping()
        }
    }

    @Test func `tasks that are there are still updated when the object comes`() async throws {
        try await SalesforceRig.run(deploys: false) { rig in
            _ = try await rig.connector.prepare()
            let contact = try #require(try await rig.made(900...900).first)
            let task = try #require(
                try await rig.connector.recordActivities([activity(1, remoteID: contact)])[0].remoteID)
            try await rig.control("POST", "/deploy")
            _ = await rig.connector.check()

            let updated = try await rig.connector.updateActivities([
                ActivityUpdate(remoteID: task, activity: activity(1, remoteID: contact, text: "Mended"))
            ])
            let new = try await rig.connector.recordActivities([activity(2, remoteID: contact)])

            #expect(updated == [.done(remoteID: task)])
            #expect(try await rig.held("/activities?object=Task").first?["Description"] == "Mended")
            #expect(new[0].remoteID?.hasPrefix("a01") == true)
        }
    }
}
