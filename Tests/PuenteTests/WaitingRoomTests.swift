import Domain
import Foundation
import OutboundHTTP
import Store
import Testing

@testable import puente

/// While the database is away at the start.
@Suite struct WaitingRoomTests {
    @Test func `it says that it is not ready, and why, to people and programs`() async throws {
        let port = try TakenPort().port
        var plan = ServerPlan(nodeName: "n", provision: Provision(workspaceName: "E", region: "ES", language: "es"))
        plan.port = port
        let room = WaitingRoom(plan: plan, logger: .silent)
        let http = OutboundClient(logger: .silent)

        room.wait(because: PuenteError(.unavailable, en: "Away.", es: "Ausente."))
        let live = try await answer(of: "/health/live", at: port, http)
        let text = try await answer(of: "/health/ready", at: port, http)
        let json = try await answer(of: "/health/ready", at: port, http, accept: "application/json")

        #expect(live.status == 200)
        #expect(text.status == 503 && text.header("Retry-After") == "2")
        #expect(String(decoding: text.body, as: UTF8.self).hasPrefix("not ready\ndatabase_away: "))
        #expect(json.status == 503 && json.header("Content-Type") == "application/json")
        let said = String(decoding: json.body, as: UTF8.self)
        #expect(said.contains("\"code\":\"database_away\"") && said.contains("\"ready\":false"))
        #expect(said.contains("\"version\":\"\(Release.version)\""))
        await room.close()
        try await http.shutdown()
    }

    /// Asks again until somebody listens.
    private func answer(
        of path: String, at port: Int, _ http: OutboundClient, accept: String = "*/*"
    ) async throws -> OutboundResponse {
        for _ in 0..<500 {
            do {
                return try await http.send(
                    OutboundRequest(
                        method: "GET", url: "http://127.0.0.1:\(port)\(path)", headers: [("Accept", accept)],
                        deadline: .seconds(5)))
            } catch {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        throw PuenteError(.unavailable, en: "Nobody listens.", es: "Nadie escucha.")
    }
}
