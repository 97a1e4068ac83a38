import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

/// Advice leads to where the settings of this connection are.
@Suite struct SettingsPlaceTests {
    private static let kinds = ConnectorKind.allCases

    /// What each CRM's refusal of the credentials and of the address says.
    private static func advice(_ kind: ConnectorKind, _ place: SettingsPlace) -> [LocalizedText] {
        let (refused, moved) = (OutboundResponse(status: 401), OutboundResponse(status: 302))
        let failures: [CallFailure]
        switch kind {
        case .hubspot:
            let reader = HubSpotFailure(secrets: [], effect: .repeatable, place: place)
            let oauth = HubSpotFailure(secrets: [], effect: .repeatable, isOAuth: true, place: place)
            failures = [
                reader.failure(refused), reader.failure(moved), oauth.failure(refused),
                HubSpotAdvice.client("x", "", place), HubSpotAdvice.fieldMissing("x", "", place),
                HubSpotAdvice.forbidden("x", "", isOAuth: false, place),
            ]
        case .salesforce:
            let reader = SalesforceFailure(secrets: [], effect: .repeatable, place: place)
            let login = SalesforceLoginFailure(secret: "", place: place)
            failures = [reader.failure(refused), reader.failure(moved), login.failure(moved)]
        case .zoho:
            let reader = ZohoFailure(secrets: [], effect: .repeatable, place: place, wait: { .zero })
            failures = [
                reader.failure(refused), reader.failure(moved), ZohoAdvice.scope("x", "", place),
                ZohoAdvice.fieldMissing("x", "", place),
            ]
        case .odoo:
            let reader = OdooFailure(secrets: [], effect: .read, place: place)
            failures = [
                reader.failure(refused), reader.failure(moved), OdooAdvice.loginMissing(place),
                OdooAdvice.noDatabase("x", "", place),
            ]
        case .own: failures = [OwnFailure.failure(refused, place), OwnFailure.failure(moved, place)]
        }
        return failures.map(\.advice)
    }

    @Test(arguments: kinds)
    func `of a connection in puente.yaml it names the key, with the connection's own name`(kind: ConnectorKind) {
        for text in Self.advice(kind, .file(name: "ventas")) {
            #expect(text.en.contains("crm.ventas") || text.en.contains("Restart Puente"), "\(text.en)")
            #expect(!text.en.contains("NAME") && !text.es.contains("NAME"))
        }
    }

    @Test(arguments: kinds, [SettingsPlace.console, .form])
    func `of one that was made in the console it never leads to the file`(kind: ConnectorKind, place: SettingsPlace) {
        let (en, es) = place == .form ? ("above", "arriba") : ("Credentials", "Credenciales")
        for text in Self.advice(kind, place) {
            #expect(!text.en.contains("puente.yaml") && !text.es.contains("puente.yaml"), "\(text.en)")
            #expect(!text.en.contains("crm.") && !text.en.contains("then restart"), "\(text.en)")
            #expect(text.en.contains(en) || text.en.contains("when you save"), "\(text.en)")
            #expect(text.es.contains(es) || text.es.contains("al guardar"), "\(text.es)")
        }
    }

    @Test func `fields are made on saving, not at a start`() {
        let step = HubSpotConnector.missingFields(["puente_id"], .form)

        guard case .noted(let text) = step.outcome else {
            Issue.record("\(step.outcome)")
            return
        }
        #expect(text.en.contains("when you save") && text.es.contains("al guardar"))
    }
}
