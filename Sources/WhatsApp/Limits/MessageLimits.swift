package import Domain

/// What WhatsApp will refuse, said before anything is sent: Meta answers most of these with a bare "invalid parameter",
/// often minutes later and by webhook. Source: Cloud API, "Messages", "Interactive messages", "Templates", Graph API v25.0.
package enum MessageLimits {
    /// The first thing that is wrong, as a sentence that names the limit; nil when Meta's limits are kept.
    package static func problem(in content: MessageContent) -> PuenteError? {
        switch content {
        case .text(let text): TextLimit.text.problem(in: text.body)
        case .media(let media): problem(in: media)
        case .location(let location): problem(in: location)
        case .contacts(let contacts): problem(in: contacts)
        case .reaction(let reaction): problem(in: reaction)
        case .interactive(let interactive): problem(in: interactive)
        case .template(let template): problem(in: template)
        case .choice, .order, .system, .unsupported:
            PuenteError(.invalid, detail: SendRefusal.cannotBeSent.rawValue, message: SendRefusal.cannotBeSent.sentence)
        }
    }

    static func problem(in media: MediaContent) -> PuenteError? {
        addressProblem(in: media) ?? captionProblem(in: media) ?? TextLimit.fileName.problem(in: media.filename)
    }

    private static func addressProblem(in media: MediaContent) -> PuenteError? {
        // A file that we hold is brought to Meta when its turn comes.
        if media.mediaID != nil || media.storedID != nil { return nil }
        guard let link = media.link else {
            return PuenteError(
                .invalid, detail: "media_missing", en: "The file is missing: upload it first, or give its address.",
                es: "Falta el archivo: súbalo primero o indique su dirección.")
        }
        return isWebAddress(link) ? nil : notAnAddress
    }

    private static func captionProblem(in media: MediaContent) -> PuenteError? {
        guard let caption = media.caption, !caption.isEmpty else { return nil }
        switch media.kind {
        case .image, .video, .document: return TextLimit.caption.problem(in: caption)
        case .audio, .sticker:
            return PuenteError(
                .invalid, detail: "caption_not_allowed",
                en: "Voice messages, audio and stickers cannot carry a text. Send it as a message of its own.",
                es: "Los audios y stickers no pueden llevar texto. Envíelo en un mensaje aparte.")
        }
    }

    private static func problem(in location: LocationContent) -> PuenteError? {
        guard (-90...90).contains(location.latitude), (-180...180).contains(location.longitude) else {
            return PuenteError(
                .invalid, detail: "location_out_of_range",
                en: "Latitude goes from -90 to 90 and longitude from -180 to 180.",
                es: "La latitud va de -90 a 90 y la longitud de -180 a 180.")
        }
        return nil
    }

    private static func problem(in contacts: ContactsContent) -> PuenteError? {
        guard (1...257).contains(contacts.cards.count) else {
            return PuenteError(
                .invalid, detail: "contacts_count", en: "A message holds from 1 to 257 contacts.",
                es: "Un mensaje lleva de 1 a 257 contactos.")
        }
        return contacts.cards.lazy.compactMap { TextLimit.cardName.problem(in: $0.formattedName) }.first
    }

    private static func problem(in reaction: ReactionContent) -> PuenteError? {
        guard !reaction.messageID.isEmpty else {
            return PuenteError(
                .invalid, detail: "reaction_target_missing", en: "A reaction needs the message it belongs to.",
                es: "Una reacción necesita el mensaje al que pertenece.")
        }
        // One emoji may be several code points, but it is one character; none takes the reaction back.
        guard reaction.emoji.count <= 1 else {
            return PuenteError(
                .invalid, detail: "reaction_emoji", en: "A reaction is one emoji.", es: "Una reacción es un solo emoji."
            )
        }
        return nil
    }

    static func isWebAddress(_ text: String) -> Bool {
        text.utf8.count <= 2000 && (text.hasPrefix("https://") || text.hasPrefix("http://"))
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    static let notAnAddress = PuenteError(
        .invalid, detail: "address_invalid",
        en: "The address must begin with https:// or http://, hold no spaces and be at most 2000 characters long.",
        es: "La dirección debe empezar por https:// o http://, sin espacios y con un máximo de 2000 caracteres.")
}
