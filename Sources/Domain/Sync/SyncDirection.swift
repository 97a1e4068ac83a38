/// Which way a mapped field goes.
package enum SyncDirection: String, Codable, CaseIterable, Sendable {
    /// Puente tells the CRM.
    case toCRM = "to_crm"
    /// The CRM tells Puente.
    case fromCRM = "from_crm"
    case both

    package var givesOurs: Bool { self != .fromCRM }
    package var takesTheirs: Bool { self != .toCRM }

    /// From Puente on the left to the CRM on the right.
    package var arrow: String {
        switch self {
        case .toCRM: "→"
        case .fromCRM: "←"
        case .both: "↔"
        }
    }
}

/// Who is right when both sides say something, and not the same.
package enum SyncRule: String, Codable, CaseIterable, Sendable {
    case crmWins = "crm_wins"
    case puenteWins = "puente_wins"
    /// Whoever wrote last, by each side's own clock.
    case newest
    /// A person decides; until then both keep what they say.
    case ask
    /// Only what is blank on the other side is filled; what stands there stays.
    case fillBlank = "fill_blank"
}
