import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Store

/// Links all contacts of an installation with records in the sandbox's HubSpot, beside the program: it would find them
/// one by one, four searches a second, as HubSpot's limits ask of it. The server must not run meanwhile.
struct HubSpotLinks {
    let databasePath: String
    let sandboxURL: String

    func contacts() async throws -> Int {
        let database = try SQLiteDatabase(path: databasePath)
        let count = try await database.read { try $0.value("SELECT COUNT(*) AS count FROM contact", as: Int.self) }
        await database.close()
        return count ?? 0
    }

    func make() async throws {
        let database = try SQLiteDatabase(path: databasePath)
        let contacts = try await database.read { connection in
            try connection.rows("SELECT id, workspace_id FROM contact ORDER BY id", [:]).map {
                (id: try $0.get("id", as: Int64.self), workspace: try $0.get("workspace_id", as: Int64.self))
            }
        }
        var links: [SQLArguments] = []
        for start in stride(from: 0, to: contacts.count, by: 100) {
            let chunk = contacts[start..<min(start + 100, contacts.count)]
            for (contact, record) in zip(chunk, try await records(chunk.count)) {
                links.append([
                    "workspace_id": contact.workspace, "local_id": contact.id, "remote_id": record,
                    "now": Int64(Date.now.timeIntervalSince1970 * 1000),
                ])
            }
        }
        let rows = links
        try await database.write { connection in
            try connection.executeMany(
                """
                INSERT INTO remote_ref (workspace_id, connection_id, entity, local_id, remote_id, linked_at, seen_at)
                SELECT :workspace_id, id, 'contact', :local_id, :remote_id, :now, :now FROM connection
                WHERE workspace_id = :workspace_id
                ON CONFLICT DO NOTHING
                """, rows)
        }
        await database.close()
    }

    private struct Answer: Decodable {
        struct Record: Decodable { let id: String }
        let results: [Record]
    }

    private func records(_ count: Int) async throws -> [String] {
        let inputs = (0..<count).map { #"{"properties":{"firstname":"Cliente \#($0)"}}"# }.joined(separator: ",")
        var request = HTTPClientRequest(url: sandboxURL + "/hubspot/crm/v3/objects/contacts/batch/create")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer sandbox-token")
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: #"{"inputs":[\#(inputs)]}"#))
        let response = try await HTTP.client.execute(request, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 16 << 20)
        return try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView)).results.map(\.id)
    }
}
