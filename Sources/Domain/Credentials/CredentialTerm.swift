/// How long a credential is good for that nobody but a person can renew. People are told 30, 7 and 1 days before.
package enum CredentialTerm: Equatable, Sendable {
    case good
    /// At most so many days are left: 30, 7 or 1.
    case ending(within: Int)
    case ended

    private static let steps = [1, 7, 30]

    /// - Parameter ends: the last day on which it may still be accepted. The day before is the last that is certain: nobody
    ///   says in which zone a vendor counts.
    package init(ends: CivilDate, today: CivilDate) {
        let left = ends.days - today.days
        self =
            if left < 0 {
                .ended
            } else if let step = Self.steps.first(where: { left <= $0 }) {
                .ending(within: step)
            } else {
                .good
            }
    }
}

extension CredentialTerm {
    /// - Parameters:
    ///   - name: whose it is, for people: `HubSpot`.
    ///   - isInFile: new ones are put into puente.yaml; else they are entered in the console.
    /// - Returns: nil while there is time.
    package func sentence(of name: String, ends: CivilDate, isInFile: Bool = true) -> LocalizedText? {
        let remedy = isInFile ? Self.inFile : Self.inConsole
        switch self {
        case .good: return nil
        case .ending(within: 1):
            return LocalizedText(
                en: "The credentials of \(name) end on \(ends), within a day: \(remedy.en)",
                es: "Las credenciales de \(name) caducan el \(ends), en menos de un día: \(remedy.es)")
        case .ending(let days):
            return LocalizedText(
                en: "The credentials of \(name) end on \(ends), within \(days) days: \(remedy.en)",
                es: "Las credenciales de \(name) caducan el \(ends), en menos de \(days) días: \(remedy.es)")
        case .ended:
            return LocalizedText(
                en: "The credentials of \(name) ended on \(ends), as their settings or the CRM say: \(remedy.en)",
                es: "Las credenciales de \(name) caducaron el \(ends), según su configuración o el CRM: \(remedy.es)")
        }
    }

    private static let inFile = LocalizedText(
        en: "put new ones into puente.yaml and restart.", es: "ponga otras en puente.yaml y reinicie.")
    private static let inConsole = LocalizedText(
        en: "enter new ones under Connections, Credentials.", es: "ponga otras en Conexiones, Credenciales.")
}
