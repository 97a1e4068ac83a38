import CRM
import Domain
import OutboundHTTP

extension ConfigurationReader {
    mutating func whatsapp(region: String) -> Configuration.WhatsApp {
        var apps: [String: Configuration.App] = [:]
        for name in names(in: "whatsapp.apps") { apps[name] = app(name) }
        var numbers: [String: Configuration.Number] = [:]
        for name in names(in: "whatsapp.numbers") { numbers[name] = number(name, apps: apps, region: region) }
        refuseTwice(numbers)
        return Configuration.WhatsApp(
            graphURL: webAddress(.graphURL) ?? "", apiVersion: graphVersion(),
            onUncertain: choice(.onUncertain) ?? .wait, uncertainAfter: duration(.uncertainAfter), apps: apps,
            numbers: numbers)
    }

    private mutating func app(_ name: String) -> Configuration.App {
        Configuration.App(
            appID: word(.appID, name), secret: secret(.appSecret, name),
            previousSecret: optionalSecret(.previousAppSecret, name), verifyToken: secret(.verifyToken, name))
    }

    private mutating func number(
        _ name: String, apps: [String: Configuration.App], region: String
    ) -> Configuration.Number {
        let app = word(.numberApp, name)
        if !app.isEmpty, apps[app] == nil { complain(ofUnknownApp: app, .numberApp, name) }
        let others = written(.alsoApps, name)?.words ?? []
        for other in others where apps[other] == nil { complain(ofUnknownApp: other, .alsoApps, name) }
        return Configuration.Number(
            app: app, alsoApps: others, phoneNumberID: metaID(.phoneNumberID, name), wabaID: metaID(.wabaID, name),
            portfolioID: optionalWord(.portfolioID, name),
            displayNumber: phoneNumber(.displayNumber, name, region: region), accessToken: secret(.accessToken, name))
    }

    private mutating func complain(ofUnknownApp app: String, _ key: ConfigurationKey, _ name: String) {
        let quoted = Quoting.clipped(app)
        complain(
            key, name, en: "names \"\(quoted)\", which is not among whatsapp.apps",
            es: "nombra «\(quoted)», que no está en whatsapp.apps")
    }

    /// Meta shows the number beside its id, and people copy the wrong one.
    private mutating func metaID(_ key: ConfigurationKey, _ name: String) -> String {
        guard let written = written(key, name) else { return "" }
        let isID =
            (1...64).contains(written.text.utf8.count)
            && written.text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        if !isID {
            complain(
                written, en: "must be the id that Meta shows (digits only), not a phone number",
                es: "debe ser el identificador que muestra Meta (solo cifras), no un número de teléfono")
        }
        return written.text
    }

    /// One number, one owner.
    private mutating func refuseTwice(_ numbers: [String: Configuration.Number]) {
        var owners: [String: String] = [:]
        for (name, number) in numbers.sorted(by: { $0.key < $1.key }) where !number.phoneNumberID.isEmpty {
            if let other = owners[number.phoneNumberID] {
                complain(
                    .phoneNumberID, name, en: "is that of whatsapp.numbers.\(other) too: a number is configured once",
                    es: "es también el de whatsapp.numbers.\(other): un número se configura una sola vez")
            }
            owners[number.phoneNumberID] = name
        }
    }

    private mutating func graphVersion() -> String {
        guard let written = written(.graphVersion, nil) else { return "" }
        let parts = written.text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        let isVersion =
            written.text.first == "v" && parts.count == 2
            && parts.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isDigit) }
        if !isVersion { complain(written, en: "must be written like v25.0", es: "debe escribirse como v25.0") }
        return written.text
    }

    mutating func apiKeys() -> [String: Configuration.APIKey] {
        var keys: [String: Configuration.APIKey] = [:]
        for name in names(in: "api_keys") {
            keys[name] = Configuration.APIKey(
                key: secret(.apiKey, name), scopes: words(.apiKeyScopes, name),
                tier: choice(.apiKeyTier, name) ?? .standard)
        }
        return keys
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isLetterOrDigit: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
