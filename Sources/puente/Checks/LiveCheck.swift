import Domain
import OutboundHTTP
import WhatsApp

/// Asks Meta and the CRMs about what the configuration names.
struct LiveCheck {
    private let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func run(numbers: [String], crms: [String], into report: inout CheckReport) async {
        let http = OutboundClient(logger: .silent)
        let whatsapp = configuration.whatsapp
        let client = GraphClient(graphURL: whatsapp.graphURL, apiVersion: whatsapp.apiVersion, http: http)
        for name in numbers {
            guard let number = whatsapp.numbers[name] else { continue }
            let asked = NumberUnderCheck(
                name: name, phoneNumberID: number.phoneNumberID, wabaID: number.wabaID,
                displayNumber: number.displayNumber, accessToken: number.accessToken.value,
                appID: whatsapp.apps[number.app]?.appID)
            await NumberCheck(number: asked, client: client).run(into: &report)
        }
        for name in crms {
            guard let account = configuration.crm[name] else { continue }
            await CRMCheck(name: name, account: account, client: http, language: configuration.workspace.language)
                .run(into: &report)
        }
        // The process ends; that the pool would not shut down changes nothing.
        try? await http.shutdown()
    }
}
