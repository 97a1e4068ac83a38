import Domain
import Foundation
import Sandbox

@testable import CRM
@testable import OutboundHTTP

/// A connector and the simulated org that it speaks to.
struct SalesforceRig: Sendable {
    let url: String
    let client: OutboundClient
    let connector: SalesforceConnector

    static func run(
        deploys: Bool = true, lag: Duration = .zero, _ work: @escaping @Sendable (SalesforceRig) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.searchIndexDelay = lag
        configuration.enforcesVendorLimits = false
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            let url = try await sandbox.baseURL
            try await withClient { client in
                let rig = SalesforceRig(url: url, client: client, connector: try connector(url, client))
                if deploys { _ = try await rig.control("POST", "/deploy") }
                try await work(rig)
            }
        }
    }

    static func connector(
        _ url: String, _ client: OutboundClient,
        credential: SalesforceSettings.Credential = .clientCredentials(secret: "sandbox-secret")
    ) throws -> SalesforceConnector {
        SalesforceConnector(
            settings: try SalesforceSettings(
                baseURL: url + "/salesforce", clientID: "sandbox-consumer-key", credential: credential),
            client: client, now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
    }

    /// The controls of the org.
    /// - Returns: the answer's body.
    @discardableResult
    func control(_ method: String, _ path: String, _ body: String? = nil) async throws -> [UInt8] {
        try await sandbox(method, "/crm/salesforce" + path, body)
    }

    /// - Parameter list: faults of the target `salesforce`, each without it: `"kind":"status","status":503`.
    func faults(_ list: String...) async throws {
        let faults = list.map { #"{"target":"salesforce",\#($0)}"# }.joined(separator: ",")
        try await sandbox("PUT", "/faults", #"{"faults":[\#(faults)]}"#)
    }

    @discardableResult
    func sandbox(_ method: String, _ path: String, _ body: String? = nil) async throws -> [UInt8] {
        let response = try await client.send(
            OutboundRequest(
                method: method, url: url + "/sandbox" + path, headers: [("Content-Type", "application/json")],
                body: body.map { Array($0.utf8) }, deadline: .seconds(10), maxResponseBytes: 8 << 20))
        guard response.isSuccess else { throw Refused(text: String(decoding: response.body, as: UTF8.self)) }
        return response.body
    }

    struct Refused: Error { let text: String }

    /// What the org holds of a kind: `/contacts` or `/activities`.
    func held(_ path: String) async throws -> [[String: String]] {
        struct Page: Decodable { let data: [[String: LooseText]] }
        let page: Page = try WireJSON.decode(from: try await control("GET", path))
        return page.data.map { SalesforceRecord($0).values }
    }

    /// A person in the org makes a contact.
    /// - Returns: its id.
    func person(_ fields: String) async throws -> String {
        struct Made: Decodable { let Id: String }
        let made: Made = try WireJSON.decode(from: try await control("POST", "/contacts", #"{"fields":\#(fields)}"#))
        return made.Id
    }

    /// Contacts of Puente, all new to the org.
    func made(_ numbers: ClosedRange<Int64>) async throws -> [String] {
        let contacts = numbers.map { ContactUpsert(puenteID: puenteID($0), firstName: "Ana \($0)") }
        return try await connector.upsertContacts(contacts).compactMap(\.remoteID)
    }
}
