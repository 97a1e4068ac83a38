import Domain
import Foundation
import Testing

@testable import CRM

private func erasure(_ remoteIDs: [String] = ["512"], deletes: Bool = false) -> ContactErasure {
    ContactErasure(
        puenteID: puenteID(900), remoteIDs: remoteIDs, isDeletionWished: deletes, at: morning, occasion: puenteID(7))
}

/// HubSpot with one record, and a timeline that is empty or has the line already.
private func answering(_ request: ScriptedServer.Request, lines: String = "") -> ScriptedServer.Action {
    switch request.path {
    case let path where path.hasSuffix("contacts/batch/update"):
        .answer(
            status: 200,
            body: #"{"status":"COMPLETE","results":[{"id":"512","properties":{},"objectWriteTraceId":"512"}]}"#)
    case let path where path.hasSuffix("communications/search"):
        .answer(status: 200, body: #"{"total":0,"results":[\#(lines)]}"#)
    case let path where path.hasSuffix("communications/batch/create"):
        .answer(
            status: 201,
            body: #"""
                {"status":"COMPLETE","results":[
                    {"id":"9","properties":{},"objectWriteTraceId":"\#(puenteID(7))"}
                ]}
                """#)
    case let path where path.hasSuffix("gdpr-delete"): .answer(status: 204)
    default: .answer(status: 404, body: "{}")
    }
}

@Suite struct HubSpotErasureTests {
    @Test func `told of an erasure, our fields are emptied and the timeline says why`() async throws {
        try await withServer { _, request in
            answering(request)
        } _: { server, client in
            let outcomes = try await hubSpot(server.url, client).tellErasures([erasure()])

            #expect(outcomes == [.done(remoteID: "512")])
            let paths = server.requests.map { $0.path.split(separator: "/").suffix(2).joined(separator: "/") }
            #expect(paths.first == "batch/update" && paths.last == "batch/create")
            let update = try #require(server.requests.first).text
            for field in HubSpotField.allCases { #expect(update.contains(#""\#(field.rawValue)":"""#)) }
            let line = try #require(server.requests.last).text
            #expect(line.contains(puenteID(7)) && line.contains("512"))
            #expect(!server.requests.contains { $0.path.hasSuffix("gdpr-delete") })
        }
    }

    @Test func `a repeat finds the line that is there`() async throws {
        let line = #"""
            {"id":"9","properties":{"hs_communication_body":"x · \#(CommunicationBody.mark)\#(puenteID(7))"}}
            """#
        try await withServer { _, request in
            answering(request, lines: line)
        } _: { server, client in
            let outcomes = try await hubSpot(server.url, client).tellErasures([erasure()])
            #expect(outcomes == [.done(remoteID: "512")])
            #expect(!server.requests.contains { $0.path.hasSuffix("batch/create") })
        }
    }

    @Test func `asked to delete, the record goes for good`() async throws {
        try await withServer { _, request in
            answering(request)
        } _: { server, client in
            let outcomes = try await hubSpot(server.url, client).tellErasures([erasure(["512", "602"], deletes: true)])

            #expect(outcomes == [.done(remoteID: "512")])
            #expect(server.requests.allSatisfy { $0.method == "POST" && $0.path.hasSuffix("gdpr-delete") })
            #expect(try server.requests.map { try json($0.body)["objectId"] as? String } == ["512", "602"])
        }
    }

    @Test func `a record that is gone already is no failure, one that may not be deleted is`() async throws {
        try await withServer { number, _ in
            number == 0
                ? .answer(status: 404, body: #"{"status":"error","category":"OBJECT_NOT_FOUND","message":"gone"}"#)
                : .answer(status: 403, body: #"{"status":"error","category":"MISSING_SCOPES","message":"scope"}"#)
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            #expect(try await connector.tellErasures([erasure(deletes: true)]) == [.done(remoteID: "512")])
            let refused = await CallFailure.of { () throws(CallFailure) in
                try await connector.tellErasures([erasure(deletes: true)])
            }
            #expect(refused != nil)
        }
    }
}
