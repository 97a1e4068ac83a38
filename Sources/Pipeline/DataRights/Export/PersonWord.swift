import Domain

/// The words of the page that a person is given.
enum PersonWord {
    case nameless, lead, contact, handles, labels, ruleExemptions, fields, states, consent, consentEntries, optIns, crm,
        crmChanges, lists, notices, changes
    case access, conversation, person, fileGone, deleted, edited
    case name, profileName, username, language, note, since, until, kind, value, source, by, at, state, reason, purpose
    case words, numberKind, unreachable, proof, before, after

    var text: LocalizedText {
        switch self {
        case .nameless: LocalizedText(en: "A person without a name", es: "Una persona sin nombre")
        case .lead:
            LocalizedText(
                en: "Everything that is held of this person, as of", es: "Todo lo que se guarda de esta persona, a")
        case .contact: LocalizedText(en: "Contact", es: "Contacto")
        case .handles: LocalizedText(en: "Known by", es: "Se le conoce por")
        case .labels: LocalizedText(en: "Labels", es: "Etiquetas")
        case .ruleExemptions: LocalizedText(en: "Labels that rules leave off", es: "Etiquetas que las reglas no ponen")
        case .fields: LocalizedText(en: "Fields", es: "Campos")
        case .states: LocalizedText(en: "Special states", es: "Estados especiales")
        case .consent: LocalizedText(en: "Consent as it stands", es: "Consentimiento vigente")
        case .consentEntries: LocalizedText(en: "How consent came about", es: "Historial del consentimiento")
        case .optIns: LocalizedText(en: "Questions for consent", es: "Preguntas de consentimiento")
        case .crm: LocalizedText(en: "Records in other systems", es: "Fichas en otros sistemas")
        case .crmChanges:
            LocalizedText(
                en: "What went to other systems and came from them",
                es: "Lo enviado a otros sistemas y recibido de ellos")
        case .lists: LocalizedText(en: "Rows of imported lists", es: "Filas de listas importadas")
        case .notices: LocalizedText(en: "Said inside WhatsApp", es: "Indicado en WhatsApp")
        case .changes: LocalizedText(en: "Changes", es: "Cambios")
        case .access: LocalizedText(en: "Who looked at it", es: "Quién lo consultó")
        case .conversation: LocalizedText(en: "Conversation", es: "Conversación")
        case .person: LocalizedText(en: "This person", es: "Esta persona")
        case .fileGone: LocalizedText(en: "the file is no longer kept", es: "el archivo ya no se conserva")
        case .deleted: LocalizedText(en: "Deleted", es: "Eliminado")
        case .edited: LocalizedText(en: "Edited", es: "Editado")
        default: column
        }
    }

    private var column: LocalizedText {
        switch self {
        case .name: LocalizedText(en: "Name", es: "Nombre")
        case .profileName: LocalizedText(en: "Name on WhatsApp", es: "Nombre en WhatsApp")
        case .username: LocalizedText(en: "User name", es: "Nombre de usuario")
        case .language: LocalizedText(en: "Language", es: "Idioma")
        case .note: LocalizedText(en: "Note", es: "Nota")
        case .since: LocalizedText(en: "Since", es: "Desde")
        case .until: LocalizedText(en: "Until", es: "Hasta")
        case .kind: LocalizedText(en: "Kind", es: "Tipo")
        case .value: LocalizedText(en: "Value", es: "Valor")
        case .source: LocalizedText(en: "Source", es: "Origen")
        case .by: LocalizedText(en: "By", es: "Por")
        case .at: LocalizedText(en: "When", es: "Cuándo")
        case .state: LocalizedText(en: "State", es: "Estado")
        case .reason: LocalizedText(en: "Reason", es: "Motivo")
        case .purpose: LocalizedText(en: "Purpose", es: "Finalidad")
        case .words: LocalizedText(en: "Words", es: "Texto")
        case .numberKind: LocalizedText(en: "Kind of number", es: "Tipo de número")
        case .proof: LocalizedText(en: "Proof", es: "Prueba")
        case .before: LocalizedText(en: "Before", es: "Antes")
        case .after: LocalizedText(en: "After", es: "Después")
        case .unreachable: LocalizedText(en: "Not reachable since", es: "No localizable desde")
        default: .same("")
        }
    }
}
