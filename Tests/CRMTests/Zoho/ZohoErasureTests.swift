import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct ZohoErasureTests {
    private func erasure(_ remoteIDs: [String] = ["512"], deletes: Bool = false) -> ContactErasure {
        ContactErasure(
            puenteID: puenteID(900), remoteIDs: remoteIDs, isDeletionWished: deletes, at: morning,
            occasion: puenteID(7))
    }

    @Test func `told of an erasure, our fields are emptied and a note says why, once`() async throws {
        for isThere in [false, true] {
            let note = isThere ? #"{"id":"9","Note_Content":"x · Puente \#(puenteID(7))"}"# : ""
            try await withZoho { request in
                switch (request.method, request.path) {
                case ("PUT", _): .answer(status: 200, body: zohoItems(zohoSuccess("512")))
                case ("GET", _): isThere ? .answer(status: 200, body: #"{"data":[\#(note)]}"#) : .answer(status: 204)
                default: .answer(status: 201, body: zohoItems(zohoSuccess("9")))
                }
            } _: { server, client in
                let outcomes = try await zoho(server.url, client).tellErasures([erasure()])

                #expect(outcomes == [.done(remoteID: "512")])
                let update = try #require(try server.zohoCalls.first?.rows.first)
                for field in ZohoField.allCases { #expect(update[field.rawValue] is NSNull) }
                #expect(server.zohoCalls.map(\.method) == (isThere ? ["PUT", "GET"] : ["PUT", "GET", "POST"]))
            }
        }
    }

    @Test func `asked to delete, the record leaves the recycle bin as well`() async throws {
        let missing = zohoError("INVALID_DATA", #"{"id":"602"}"#, "the id given seems to be invalid")
        try await withZoho { request in
            request.path.contains("602")
                ? .answer(status: 400, body: zohoItems(missing))
                : .answer(status: 200, body: zohoItems(zohoSuccess("512")))
        } _: { server, client in
            let outcomes = try await zoho(server.url, client).tellErasures([erasure(["512", "602"], deletes: true)])

            #expect(outcomes == [.done(remoteID: "512")])
            #expect(
                server.zohoCalls.map(\.path) == [
                    "/crm/v8/Contacts?ids=512&wf_trigger=false", "/crm/v8/settings/recycle_bin/512",
                    "/crm/v8/Contacts?ids=602&wf_trigger=false", "/crm/v8/settings/recycle_bin/602",
                ])
        }
    }

    @Test func `a recycle bin that may not be emptied is told of`() async throws {
        try await withZoho { request in
            request.path.contains("recycle_bin")
                ? answer(401, fixture: "zoho/error_scope.401.json")
                : .answer(status: 200, body: zohoItems(zohoSuccess("512")))
        } _: { server, client in
            let connector = try zoho(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in
                try await connector.tellErasures([erasure(deletes: true)])
            }
            #expect(failure?.code == "OAUTH_SCOPE_MISMATCH")
        }
    }
}
