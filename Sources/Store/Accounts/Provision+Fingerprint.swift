extension Provision {
    /// Everything that a running node reads once and keeps: the same text for the same accounts.
    var fingerprint: String {
        let apps = apps.sorted { $0.key < $1.key }.flatMap { name, app -> [String?] in
            ["app", name, app.appID, app.secret, app.previousSecret, app.verifyToken]
        }
        let numbers = numbers.sorted { $0.key < $1.key }.flatMap { name, number -> [String?] in
            [
                "number", name, number.app, number.phoneNumberID, number.wabaID, number.portfolioID,
                number.displayNumber, number.accessToken, number.alsoApps.joined(separator: " "),
            ]
        }
        let connections = connections.sorted { $0.key < $1.key }.flatMap { name, crm -> [String?] in
            ["crm", name, crm.kind, crm.baseURL, crm.settings, crm.secrets]
        }
        // With its length, so that no two lists make one text.
        let all: [String?] = apps + numbers + connections
        return all.map { text in text.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ",")
    }
}
