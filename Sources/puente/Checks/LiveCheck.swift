import Domain
import OutboundHTTP
import WhatsApp

/// Asks Meta and the CRMs about what the configuration names.
struct LiveCheck {
    private let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
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
        guard !crms.isEmpty else { return }
        let mappings = await KeptMappings(configuration)
        for name in crms {
            guard let account = configuration.crm[name] else { continue }
            await CRMCheck(
                name: name, account: account, client: client, language: configuration.workspace.language,
                mappings: mappings, writes: writes, makesFields: makesFields
            ).run(into: &report)
        }
    }
}
