import Domain

/// What is made to happen at the far side.
extension SandboxReader {
    /// Odoo Online is said to bear about one call a second.
    static let odooCallsPerSecond = 1

    /// What an administrator does before Puente comes.
    func prepare() async throws {
        if crm == .salesforce { try await HTTP.send(.post, url + "/sandbox/crm/salesforce/deploy") }
    }

    /// `Persona 0`, `Persona 1`, … in the CRM; no webhook tells of them.
    func makeCrowd(_ count: Int) async throws {
        try await HTTP.send(
            .post, "\(url)/sandbox/crm/\(crm.rawValue)/crowd", #"{"count": \#(count)}"#, within: .seconds(600))
    }

    /// From now on the CRM tells Puente of changes. Zoho does so through the channel that Puente opens.
    /// - Parameter server: Puente's address.
    func callBack(_ server: String) async throws {
        let address = "\(server)/webhooks/crm/\(crm.rawValue)"
        switch crm {
        case .hubspot: try await put("callbacks", #"{"hubspot": "\#(address)"}"#)
        case .odoo: try await put("callbacks", #"{"odoo": "\#(address)?secret=\#(BenchConnection.webhookSecret)"}"#)
        case .salesforce, .zoho, .own: break
        }
    }

    /// From now on the CRM's own limits hold; an own system has none.
    func enforceLimits() async throws {
        switch crm {
        case .hubspot, .salesforce, .zoho: try await put("faults", #"{"vendor_limits": {"\#(crm.rawValue)": true}}"#)
        case .odoo: try await put("crm/odoo", #"{"calls_per_second": \#(Self.odooCallsPerSecond)}"#)
        case .own: break
        }
    }

    /// Every answer of the CRM's comes that much later.
    func delayAnswers(byMilliseconds milliseconds: Int) async throws {
        let fault = #"{"target":"\#(crm.rawValue)","kind":"delay","when":"after","milliseconds":\#(milliseconds)}"#
        try await put("faults", #"{"faults":[\#(fault)]}"#)
    }

    private func put(_ path: String, _ json: String) async throws {
        try await HTTP.send(.put, "\(url)/sandbox/\(path)", json)
    }
}
