/// A question for consent to marketing (double opt-in): the answer to exactly this message is the proof.
///
///     waiting ──yes──▶ granted        waiting ──time──▶ expired
///        │  └──no or a withdrawal──▶ declined
///        └──the question did not reach anybody──▶ failed
package enum OptInState: String, Codable, CaseIterable, Sendable {
    /// Asked; at most one of a contact.
    case waiting
    case granted
    case declined
    /// Nobody answered in time, or another question was answered with yes meanwhile. A yes that was given in time still
    /// counts when it comes in late.
    case expired
    /// WhatsApp did not bring the question to the person.
    case failed
}

/// What stands behind the two buttons of a question: `puente.opt_in.{id}.yes`.
package struct OptInButton: Hashable, Sendable {
    private static let prefix = "puente.opt_in."

    package let optIn: OptInID
    package let isYes: Bool

    package init(optIn: OptInID, isYes: Bool) {
        self.optIn = optIn
        self.isYes = isYes
    }

    package var id: String { "\(Self.prefix)\(optIn).\(isYes ? "yes" : "no")" }

    /// Nil for what is no button of such a question.
    package init?(id: String) {
        guard id.hasPrefix(Self.prefix) else { return nil }
        let parts = id.dropFirst(Self.prefix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let optIn = OptInID(String(parts[0])), parts[1] == "yes" || parts[1] == "no" else {
            return nil
        }
        self.init(optIn: optIn, isYes: parts[1] == "yes")
    }

    /// The button that a customer pressed, when it is one of these.
    package init?(_ content: MessageContent) {
        guard case .choice(let choice) = content, let id = choice.id else { return nil }
        self.init(id: id)
    }
}

/// Why somebody is not asked now.
package enum OptInRefusal: String, CaseIterable, Sendable {
    /// A question waits for its answer.
    case waiting = "opt_in_waiting"
    /// There is a confirmed yes already.
    case confirmed = "opt_in_confirmed"
    /// The person said no, and has not written a start word since.
    case withdrawn = "opt_in_withdrawn"

    /// - Parameter isWaiting: whether a question of the contact waits.
    package static func of(_ history: ConsentHistory, isWaiting: Bool) -> OptInRefusal? {
        if isWaiting { return .waiting }
        if history.tier == .marketingWithProof { return .confirmed }
        return history.mayBeAsked ? nil : .withdrawn
    }

    package var sentence: LocalizedText {
        switch self {
        case .waiting:
            LocalizedText(
                en: "This person has been asked already, and the question still waits for its answer.",
                es: "Ya se le preguntó a esta persona y la pregunta sigue esperando respuesta.")
        case .confirmed:
            LocalizedText(
                en: "This person has confirmed their consent already.",
                es: "Esta persona ya confirmó su consentimiento.")
        case .withdrawn:
            LocalizedText(
                en:
                    "This person said no. They may be asked again once they write a start word themselves, such as START or ALTA.",
                es:
                    "Esta persona dijo que no. Se le puede volver a preguntar cuando ella misma escriba una palabra de alta, como ALTA o START."
            )
        }
    }

    package var error: PuenteError { PuenteError(.refused, detail: rawValue, message: sentence) }
}
