extension SendRefusal {
    /// The sentence, with the name that is missing where that is the reason.
    package func sentence(naming sender: SenderName) -> LocalizedText {
        guard self == .templateWithoutSender || self == .senderNotNamed else { return sentence }
        return senderSentence(naming: sender.shown)
    }

    /// Whether it lies in whom the message goes to, or in what they could not tell, and not in the message or the number.
    package var isAboutPerson: Bool {
        switch self {
        case .contactBlocked, .marketingWithoutConsent, .marketingWithoutProof, .marketingWithdrawn, .complaintOpen,
            .doNotCall, .utilityWithdrawn, .serviceWithdrawn, .templateWithoutSender, .senderNotNamed,
            .numberUnreachable:
            true
        case .installationHeld, .numberNotConnected, .noAddress, .conversationOwnedByPerson, .windowClosed,
            .cannotBeSent, .templateUnknown, .templateNotApproved, .templateUnsupported, .templateIncomplete,
            .portfolioLimitReached:
            false
        }
    }

    // MARK: Why a person is not written to

    static let blocked = LocalizedText(
        en: "This contact is blocked: nothing is sent to them. End the block on the contact's page first.",
        es: "Este contacto está bloqueado: no se le envía nada. Quite antes el bloqueo en la página del contacto."
    )

    static let unreachable = LocalizedText(
        en:
            "The last message to this number could not be delivered, and nothing was heard of it since: promotions and automatic messages leave it alone. Write an ordinary message yourself, or choose “Try again” on the contact's page.",
        es:
            "El último mensaje a este número no se pudo entregar y desde entonces no se ha sabido nada de él: no se le envían promociones ni mensajes automáticos. Escríbale usted un mensaje normal o elija «Volver a intentar» en la página del contacto."
    )

    static let noConsent = LocalizedText(
        en:
            "This person has not agreed to promotions, and this template is one. Send a utility template, or ask for consent first.",
        es:
            "Esta persona no ha aceptado promociones y esta plantilla lo es. Envíe una plantilla de utilidad o pida antes su consentimiento."
    )

    static let noProof = LocalizedText(
        en:
            "This person has agreed to promotions, but has not confirmed it, and your company demands that. Ask for the confirmation on the contact's page Consent.",
        es:
            "Esta persona aceptó promociones pero no lo ha confirmado, y su empresa lo exige. Pida la confirmación en la página Consentimiento del contacto."
    )

    static let noMarketing = LocalizedText(
        en: "This person wants no promotions, and this template is one. Nothing but their own word changes that.",
        es: "Esta persona no quiere promociones y esta plantilla lo es. Solo su propia palabra lo cambia.")

    static let complaint = LocalizedText(
        en: "A complaint of this person is open: no promotions until it is settled.",
        es: "Esta persona tiene una queja abierta: sin promociones hasta resolverla.")

    static let noCalls = LocalizedText(
        en: "This person is marked “do not call”: no promotions.",
        es: "Esta persona está marcada como «no llamar»: sin promociones.")

    static let noUtility = LocalizedText(
        en: "This person wants no notices of this kind (utility). Answer them when they write.",
        es: "Esta persona no quiere avisos de este tipo (utilidad). Respóndale cuando escriba.")

    static let noService = LocalizedText(
        en: "This person wants no messages at all, and has not written since they said so.",
        es: "Esta persona no quiere ningún mensaje y no ha escrito desde que lo dijo.")

    // MARK: Why nobody could tell who writes

    /// - Parameter name: of the company; nil where it is not at hand.
    func senderSentence(naming name: String?) -> LocalizedText {
        let (en, es) = name.map { ("“\($0)”", "«\($0)»") } ?? ("the company's name", "el nombre de la empresa")
        if self == .templateWithoutSender {
            return LocalizedText(
                en:
                    "The template does not say who writes: \(en) stands neither in its text nor in its footer. Choose another, or have it approved again with a footer that names the company.",
                es:
                    "La plantilla no dice quién escribe: \(es) no está ni en su texto ni en su pie. Elija otra, o hágala aprobar de nuevo con un pie que nombre a la empresa."
            )
        }
        return LocalizedText(
            en:
                "The customer cannot tell yet who writes: this is the first message here. Write \(en) in it, for example “Hello, this is Ana of …”. What has no room for it (a voice note, a sticker, a place, a contact, a reaction) goes after a text that says it.",
            es:
                "El cliente aún no puede saber quién escribe: este es el primer mensaje aquí. Ponga \(es) en él, por ejemplo «Hola, soy Ana, de …». Lo que no tiene sitio para ello (una nota de voz, un sticker, un lugar, un contacto, una reacción) va después de un texto que lo diga."
        )
    }
}
