import Domain

@testable import Console

enum ConnectionSamples {
    static func page(_ world: SampleWorld, isHeld: Bool = false) -> ConnectionsPage {
        ConnectionsPage(
            numbers: [main, second], crms: [hubspot, own], news: news, accountAlarms: [restriction],
            hold: isHeld
                ? HoldFacts(restoredAt: ago(.minutes(12)), backupAt: ago(.hours(18)), heldMessages: 14) : nil,
            notice: isHeld ? nil : ConnectionsPage.outcome(of: .checks, in: world.context), in: world.context)
    }

    private static let restriction = AccountAlarmFacts(
        id: "06VSB000000D1",
        sentence: LocalizedText(
            en: "Meta restricted the WhatsApp account 102290129340398.",
            es: "Meta restringió la cuenta de WhatsApp 102290129340398."), since: ago(.hours(5)))

    static let news = [
        NewsFacts(
            what: .templateRejected, subject: "abandoned_cart (es_MX)", wabaID: "102290129340398",
            vendorText: "Your template has parameters placed next to each other.", at: ago(.minutes(3))),
        NewsFacts(
            what: .accountRestricted, subject: "+1 555-078-3881", wabaID: "102290129340398",
            vendorText: "RESTRICTED_BIZ_INITIATED_MESSAGING", at: ago(.hours(5))),
        NewsFacts(what: .limit, value: .same("2000"), subject: nil, wabaID: "102290129340398", at: ago(.days(2))),
        NewsFacts(what: .templateApproved, subject: "hola (es_MX)", wabaID: "102290129340398", at: ago(.days(3))),
        NewsFacts(what: .alert, subject: nil, wabaID: "102290129340398", vendorText: "OBA", at: ago(.days(9))),
    ]

    static let alarms = [
        AlarmFacts(
            severity: .failure,
            sentence: LocalizedText(
                en: "The access token of the number “Ventas” was refused. Nothing is sent until a new one is set.",
                es: "El token de acceso del número «Ventas» fue rechazado. No se envía nada hasta que ponga uno nuevo."),
            url: "/connections"),
        AlarmFacts(
            severity: .warning,
            sentence: LocalizedText(
                en: "HubSpot answers slowly: 212 records are waiting.",
                es: "HubSpot responde despacio: hay 212 registros en espera."), url: "/ledger"),
    ]

    private static let main = ConnectionFacts(
        id: "06VSB000000A1", kind: .number, name: "Principal", address: "+1 555-078-3881", health: .working,
        isProvisioned: true, lastEvent: ago(.seconds(4)), waiting: 0,
        details: [
            .init(label: LocalizedText(en: "Number ID", es: "ID del número"), value: "106540352242922", isCopied: true),
            .init(
                label: LocalizedText(en: "Webhook address", es: "Dirección del webhook"),
                value: "https://puente.ejemplo.mx/webhooks/whatsapp/main", isCopied: true),
            .init(label: LocalizedText(en: "Quality", es: "Calidad"), value: "GREEN · TIER_10K"),
        ],
        checks: [
            check("Token is valid and has both permissions", "El token es válido y tiene ambos permisos", .passed),
            check("The app is subscribed to the account", "La app está suscrita a la cuenta", .passed),
            check("The webhook answers from outside", "El webhook responde desde fuera", .running),
            check("A test message travels both ways", "Un mensaje de prueba viaja en ambos sentidos", .waiting),
        ], checkedAt: ago(.minutes(1)))

    private static let second = ConnectionFacts(
        id: "06VSB000000A2", kind: .number, name: "Ventas", address: "+52 55 1000 2000", health: .paused,
        isProvisioned: true, lastEvent: ago(.hours(2)), waiting: 38,
        pause: .init(
            since: ago(.hours(1)), until: nil,
            reason: LocalizedText(
                en: "WhatsApp refused the access token (190). Put a new one into puente.yaml and restart.",
                es: "WhatsApp rechazó el token de acceso (190). Ponga uno nuevo en puente.yaml y reinicie.")),
        checks: [
            check(
                "Token is valid and has both permissions", "El token es válido y tiene ambos permisos", .failed,
                detail: LocalizedText(
                    en: "Error 190: the session was invalidated.", es: "Error 190: la sesión fue invalidada.")),
            check("The app is subscribed to the account", "La app está suscrita a la cuenta", .skipped),
        ], checkedAt: ago(.minutes(58)))

    private static let hubspot = ConnectionFacts(
        id: "06VSB000000C1", kind: .crm(vendor: .same("HubSpot")), name: "HubSpot", address: "Portal 4410021",
        health: .attention, isProvisioned: true, lastEvent: ago(.seconds(41)), waiting: 212,
        checks: [
            check("Token and scopes", "Token y permisos", .passed),
            check("The field puente_id is unique", "El campo puente_id es único", .passed),
            check(
                "20 % of the rate limit in reserve", "20 % del límite en reserva", .warned,
                detail: LocalizedText(
                    en: "HubSpot bounds us: 9 of 100 requests left in these 10 s.",
                    es: "HubSpot nos limita: quedan 9 de 100 solicitudes en estos 10 s.")),
        ], checkedAt: ago(.hours(3)), mapping: "/connections/hubspot/mapping", slug: "hubspot")

    private static let own = ConnectionFacts(
        id: "06VSB000000C2", kind: .crm(vendor: LocalizedText(en: "Own system", es: "Sistema propio")),
        name: "ERP propio", address: nil, health: .disabled,
        isProvisioned: false, lastEvent: nil, waiting: 7, stranded: 3)

    private static func check(
        _ en: String, _ es: String, _ state: ConnectionFacts.Check.State, detail: LocalizedText? = nil
    ) -> ConnectionFacts.Check {
        .init(title: LocalizedText(en: en, es: es), state: state, detail: detail)
    }
}
