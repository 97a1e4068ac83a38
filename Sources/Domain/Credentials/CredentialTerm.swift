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
    /// - Parameter name: whose it is, for people: `HubSpot`.
    /// - Returns: nil while there is time.
    package func sentence(of name: String, ends: CivilDate) -> LocalizedText? {
        switch self {
        case .good: nil
        case .ending(within: 1):
            LocalizedText(
                en: """
                    The credentials of \(name) end on \(ends), within a day: put new ones into puente.yaml and restart.
                    """,
                es: """
                    Las credenciales de \(name) caducan el \(ends), en menos de un día: ponga otras en puente.yaml y \
                    reinicie.
                    """)
        case .ending(let days):
            LocalizedText(
                en: """
                    The credentials of \(name) end on \(ends), within \(days) days: put new ones into puente.yaml and \
                    restart.
                    """,
                es: """
                    Las credenciales de \(name) caducan el \(ends), en menos de \(days) días: ponga otras en puente.yaml y \
                    reinicie.
                    """)
        case .ended:
            LocalizedText(
                en: """
                    The credentials of \(name) ended on \(ends), as puente.yaml or the CRM says: put new ones into puente.yaml \
                    and restart.
                    """,
                es: """
                    Las credenciales de \(name) caducaron el \(ends), según puente.yaml o el CRM: ponga otras en puente.yaml y \
                    reinicie.
                    """)
        }
    }
}
