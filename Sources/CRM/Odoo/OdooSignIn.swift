import Domain
import OutboundHTTP

/// Finds out which Odoo it is and who the key's user is.
/// Source: Odoo's documentation, "External JSON-2 API" (`/web/version`, 19) and "External RPC API" (`common.version`).
struct OdooSignIn {
    /// From this version on there is JSON-2.
    private static let json2Version = 19

    let api: OdooAPI

    private struct Version: Decodable {
        /// `[19, 0, 0, "final", 0, ""]`; Odoo Online writes `["saas~18.2", …]` or `"saas~18"` in the first place.
        let version_info: [OdooValue]?
        let server_version_info: [OdooValue]?
        let version: String?
        let server_version: String?

        var major: Int? {
            let first = (version_info ?? server_version_info)?.first
            let text = first?.shown ?? version ?? server_version ?? ""
            return Int(text.drop { !$0.isNumber }.prefix { $0.isNumber })
        }
    }

    private struct UserContext: Decodable { let uid: Int64 }

    func session() async throws(CallFailure) -> OdooSession {
        switch api.settings.interface {
        case .json2: return try await json2(try await newVersion() ?? Self.json2Version)
        case .jsonrpc: return try await jsonRPC()
        case .auto:
            if let version = try await newVersion(), version >= Self.json2Version { return try await json2(version) }
            return try await jsonRPC()
        }
    }

    /// Nil from a server that does not have the page.
    private func newVersion() async throws(CallFailure) -> Int? {
        let response = try await api.get("/web/version")
        if response.status == 429 || response.status >= 500 {
            throw OdooFailure(secrets: api.secrets, effect: .read, place: api.settings.place).failure(response)
        }
        guard response.isSuccess else { return nil }
        // A page in its place says nothing of a version.
        return (try? WireJSON.decode(Version.self, from: response.body))?.major
    }

    private func json2(_ version: Int) async throws(CallFailure) -> OdooSession {
        let call = OdooCall(model: "res.users", method: "context_get", effect: .read)
        let user: UserContext = try await api.json2("/json/2/res.users/context_get", call.json2, effect: .read)
        return OdooSession(interface: .json2, majorVersion: version, uid: user.uid)
    }

    private func jsonRPC() async throws(CallFailure) -> OdooSession {
        guard let database = api.settings.database, let username = api.settings.username else {
            throw OdooAdvice.loginMissing(api.settings.place)
        }
        let version: Version = try await api.jsonRPC(
            OdooCall.jsonRPC(service: "common", method: "version", []), effect: .read)
        // The id of the user, or false.
        let uid: OdooValue = try await api.jsonRPC(
            OdooCall.jsonRPC(
                service: "common", method: "authenticate",
                [.text(database), .text(username), .text(api.settings.key), [:]]), effect: .read)
        guard let uid = uid.integer else {
            throw OdooAdvice.credential(OdooFailure.denied, "authenticate answered false", api.settings.place)
        }
        return OdooSession(interface: .jsonRPC, majorVersion: version.major ?? 16, uid: uid)
    }
}
