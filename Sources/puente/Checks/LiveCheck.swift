import Domain
import OutboundHTTP
import WhatsApp

/// Asks Meta and the CRMs about what the configuration names, and about CRM connections that were made in the console.
struct LiveCheck {
    private let configuration: Configuration
    private let kept: KeptConnections

    init(_ configuration: Configuration, _ kept: KeptConnections = .unread) {
        self.configuration = configuration
        self.kept = kept
    }

    /// The CRM connections at work.
    var crms: [String] { (configuration.crm.keys + kept.workingNames).sorted() }

    /// - Parameter name: nil: every connection at work.
    /// - Throws: `CommandFailure` where there is none of this name.
    func chosenCRMs(_ name: String?) throws -> [String] {
        guard let name else { return crms }
        return try chosen(name, among: configuration.crm.keys + kept.names, in: "crm", unknown: kept.trouble)
    }

    /// - Parameters:
    ///   - writes: a sample record is written into each CRM, read back and deleted.
    ///   - makesFields: what each CRM lacks of Puente's own fields is made first.
    func run(
        numbers: [String], crms: [String], writes: Bool = false, makesFields: Bool = false,
        into report: inout CheckReport
    ) async {
        let http = OutboundClient(logger: .silent)
        let guarded = OutboundClient(
            addressGuard: AddressGuard(privateHosts: PrivateHosts.of(configuration)), logger: .silent)
        let whatsapp = configuration.whatsapp
        let client = GraphClient(graphURL: whatsapp.graphURL, apiVersion: whatsapp.apiVersion, http: http)
        for name in numbers {
            guard let number = whatsapp.numbers[name] else { continue }
            let asked = NumberUnderCheck(
                name: name, phoneNumberID: number.phoneNumberID, wabaID: number.wabaID,
                displayNumber: number.displayNumber, accessToken: number.accessToken.value,
                app: whatsapp.apps[number.app].map {
                    NumberUnderCheck.App(
                        name: number.app, id: $0.appID, secret: $0.secret.value, verifyToken: $0.verifyToken.value)
                },
                publicURL: configuration.server.publicURL,
                isMetaSimulated: PlainHTTP.isPrivateAddress(whatsapp.graphURL))
            await NumberCheck(number: asked, client: client, http: http).run(into: &report)
        }
        await check(crms, by: guarded, writes: writes, makesFields: makesFields, into: &report)
        // The process ends; that a pool would not shut down changes nothing.
        try? await http.shutdown()
        try? await guarded.shutdown()
    }

    private func check(
        _ crms: [String], by client: OutboundClient, writes: Bool, makesFields: Bool, into report: inout CheckReport
    ) async {
        for name in crms {
            guard let crm = crm(name, client) else { continue }
            await CRMCheck(crm: crm, kept: kept, writes: writes, makesFields: makesFields).run(into: &report)
        }
    }

    private func crm(_ name: String, _ client: OutboundClient) -> CRMUnderCheck? {
        let language = configuration.workspace.language
        if let account = configuration.crm[name] {
            return CRMUnderCheck(name, account, client: client, language: language)
        }
        return kept.account(named: name).map { CRMUnderCheck($0, client: client, language: language) }
    }
}
