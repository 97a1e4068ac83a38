import Domain

@testable import CRM
@testable import OutboundHTTP

let morning = Timestamp(milliseconds: 1_795_167_000_000)  // 2026-11-20T09:30:00Z

/// Ids as ours are: 13 characters.
func puenteID(_ number: Int64) -> String { MessageID(rawValue: number << 22).description }

func activity(
    _ number: Int64 = 1, remoteID: String? = "512", direction: Activity.Direction = .inbound,
    text: String = "Hello, is my order on its way?", status: MessageStatus = .received, at: Timestamp = morning
) -> Activity {
    Activity(
        puenteID: puenteID(number),
        contact: ActivityContact(
            puenteID: puenteID(900), remoteID: remoteID, name: "Ana López", waID: "34600111222"),
        conversationID: puenteID(800), direction: direction, authorName: direction == .inbound ? "Ana" : "Luis",
        at: at, kind: .text, text: text, status: status)
}

func hubSpot(
    _ url: String, _ client: OutboundClient, secret: String? = nil, version: HubSpotSettings.Version = .dated("2026-09")
) throws
    -> HubSpotConnector
{
    HubSpotConnector(
        settings: try HubSpotSettings(
            baseURL: url, token: "pat-na1-11111111-secret", clientSecret: secret, appID: "54321", version: version),
        client: client)
}

/// An answer with a fixture as its body.
func answer(_ status: Int, fixture: String) -> ScriptedServer.Action {
    let body = (try? Fixture.text(fixture, file: #filePath)) ?? "missing fixture"
    return .answer(status: status, body: body)
}

extension CallFailure {
    static func of(_ work: () async throws(CallFailure) -> some Sendable) async -> CallFailure? {
        do throws(CallFailure) {
            _ = try await work()
            return nil
        } catch {
            return error
        }
    }
}
