import Domain

/// A value that Puente is to hold from now on.
struct SyncTake {
    let contact: ContactID
    let remote: String
    let local: LocalField
    /// What Puente said, and says afterwards; blank for nothing.
    let before: String
    let after: String
    /// The person who decided it; nil where the mapping did.
    var decidedBy: String?
    /// Whether the CRM says something else than was agreed on; else it only says again what it said, because Puente does
    /// not.
    var isNews = true

    var key: Key { Key(contact: contact, local: local) }

    struct Key: Hashable {
        let contact: ContactID
        let local: LocalField
    }
}

/// Whose word values are taken on.
struct SyncVoice {
    /// Whom changes name.
    let actor: String
    /// What a history shows: "From HubSpot".
    let title: LocalizedText
    /// The connection where a CRM says so; nil where a person does.
    let crm: ConnectionID?

    static func ofCRM(_ turn: SyncTurn) -> SyncVoice {
        SyncVoice(
            actor: turn.actor, title: LocalizedText(en: "From \(turn.actor)", es: "De \(turn.actor)"),
            crm: turn.connection)
    }

    static func putBack(by actor: String) -> SyncVoice {
        SyncVoice(
            actor: actor, title: LocalizedText(en: "Put back what a CRM changed", es: "Deshecho lo que cambió un CRM"),
            crm: nil)
    }

    var evidence: String { crm == nil ? "person" : "crm" }
    var labelSource: LabelSource { crm == nil ? .person : .crm }
    var consentSource: ConsentSource { crm == nil ? .staff : .crm }
}
