import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct ZohoActivitiesTests {
    private func notePage(_ rows: [(id: String, text: String, time: String)], next: String? = nil) -> String {
        let list = rows.map { #"{"id":"\#($0.id)","Note_Content":"\#($0.text)","Created_Time":"\#($0.time)"}"# }
        let token = next.map { #""\#($0)""# } ?? "null"
        let info = #"{"more_records":\#(next != nil),"next_page_token":\#(token)}"#
        return #"{"data":[\#(list.joined(separator: ","))],"info":\#(info)}"#
    }

    @Test func `a note says who, which way, what, and ends with the marker`() {
        var message = activity(direction: .outbound, text: "Hola <b>\u{7}mundo</b>", status: .failed)
        message.statusDetail = LocalizedText(en: "The window is closed.", es: "La ventana está cerrada.")
        message.conversationURL = "https://puente.example/inbox/1"
        message.media = [ActivityMedia(kind: .image, url: "https://puente.example/media/1", filename: "a.jpg")]
        let text = ZohoNoteText(activity: message, language: .spanish)

        #expect(
            text.text == """
                → Luis: Hola <b>mundo</b>
                📎 a.jpg: https://puente.example/media/1

                fallido: La ventana está cerrada. · https://puente.example/inbox/1 · Puente \(puenteID(1))
                """)
        #expect(text.title == "WhatsApp → Luis")
        #expect(CommunicationBody.marker(in: text.text) == puenteID(1))
    }

    @Test func `a text that is too long is cut, and keeps its marker`() {
        let long = String(repeating: "👩‍👩‍👧‍👦", count: 9000)
        let text = ZohoNoteText(activity: activity(text: long), language: .english)

        #expect(text.text.unicodeScalars.count <= ZohoNoteText.maxLength)
        #expect(CommunicationBody.marker(in: text.text) == puenteID(1))
    }

    @Test func `messages become notes of their contact, one bad one alone`() async throws {
        try await withZoho { _ in
            .answer(
                status: 207,
                body: zohoItems(
                    zohoSuccess("901"), zohoError("INVALID_DATA", #"{"json_path":"$.data[1].Parent_Id.id"}"#)))
        } _: { server, client in
            let outcomes = try await zoho(server.url, client).recordActivities([
                activity(1), activity(2, remoteID: nil), activity(3, remoteID: "77"),
            ])

            #expect(outcomes.map(\.remoteID) == ["901", nil, nil])
            #expect(outcomes[1] == .failed(.notLinked))
            guard case .failed(let gone) = outcomes[2] else { return }
            #expect(gone.code == CallFailure.RecordCode.gone)
            let rows = try #require(server.zohoCalls.first).rows
            let sample = try json(Fixture.text("zoho/note_create.request.json"))
            let documented = try #require((sample["data"] as? [NSDictionary])?.first)
            let names = { (row: NSDictionary) in Set(row.allKeys.compactMap { $0 as? String }) }
            #expect(names(rows[0]) == names(documented))
            #expect((rows[0]["Parent_Id"] as? NSDictionary)?["id"] as? String == "512")
        }
    }

    @Test func `a creation without an answer is in doubt, an upsert into the module is not`() async throws {
        try await withZoho { _ in
            .close
        } _: { server, client in
            let outcome = await CallFailure.of { () throws(CallFailure) in
                try await zohoOrFail(server.url, client).recordActivities([activity()])
            }
            #expect(outcome?.kind == .unknown)
        }
        try await withZoho(fields: ["WhatsApp_Messages": zohoMessageFields]) { _ in
            .close
        } _: { server, client in
            let connector = try zoho(server.url, client)
            let outcome = await CallFailure.of { () throws(CallFailure) in
                try await connector.recordActivities([activity()])
            }
            #expect(outcome?.kind == .transient)
            #expect(connector.capabilities.activityWrites == .idempotent)
        }
    }

    @Test func `with the custom module messages are keyed, and notes from before stay notes`() async throws {
        try await withZoho(fields: ["WhatsApp_Messages": zohoMessageFields]) { request in
            .answer(status: 200, body: zohoItems(zohoSuccess(request.path.contains("Notes") ? "901" : "333")))
        } _: { server, client in
            let connector = try zoho(server.url, client)
            let recorded = try await connector.recordActivities([activity(1)])
            let updated = try await connector.updateActivities([
                ActivityUpdate(remoteID: "WhatsApp_Messages/333", activity: activity(1)),
                ActivityUpdate(remoteID: "901", activity: activity(2)),
            ])

            #expect(recorded == [.done(remoteID: "WhatsApp_Messages/333")])
            #expect(updated == [.done(remoteID: "WhatsApp_Messages/333"), .done(remoteID: "901")])
            let upsert = try #require(server.zohoCalls.first)
            #expect(upsert.path == "/crm/v8/WhatsApp_Messages/upsert")
            let row = try #require(try upsert.rows.first)
            #expect(row["Puente_Id"] as? String == puenteID(1))
            #expect(row["Sent_At"] as? String == "2026-11-20T09:30:00+00:00")
            #expect((row["Contact"] as? NSDictionary)?["id"] as? String == "512")
            #expect(server.zohoCalls.dropFirst().map(\.method) == ["PUT", "PUT"])
        }
    }

    @Test func `notes are found by their marker, page by page`() async throws {
        let others = (0..<3).map { ("\($0)", "somebody's own note", "2026-11-20T11:00:00+01:00") }
        try await withZoho { request in
            if request.path.contains("&page=1") {
                return .answer(status: 200, body: notePage(others, next: "t-1"))
            }
            guard request.path.contains("&page_token=t-1") else { return .answer(status: 400) }
            return .answer(
                status: 200,
                body: notePage([("902", "x · Puente \(puenteID(2))", "2026-11-20T10:30:05+01:00")]))
        } _: { server, client in
            let found = try await zoho(server.url, client).findActivities([activity(1), activity(2)])

            #expect(found == [nil, "902"])
            #expect(server.zohoCalls.count == 2)
        }
    }

    @Test func `nobody reads notes that are older than the messages`() async throws {
        let old = [("1", "x", "2026-11-19T10:00:00+01:00"), ("2", "x", "2026-11-18T10:00:00+01:00")]
        try await withZoho { _ in
            .answer(status: 200, body: notePage(old, next: "t-1"))
        } _: { server, client in
            let found = try await zoho(server.url, client).findActivities([activity(1)])
            #expect(found == [nil])
            #expect(server.zohoCalls.count == 1)
        }
    }

    private func zohoOrFail(_ url: String, _ client: OutboundClient) throws(CallFailure) -> ZohoConnector {
        do {
            return try zoho(url, client)
        } catch {
            throw ZohoAdvice.rejected("settings", "\(error)")
        }
    }
}
