import Domain

extension AnswerClassifier {
    static let uncertain = LocalizedText(
        en:
            "WhatsApp broke off while answering, so the message may or may not have been sent. Look at the chat before repeating it.",
        es:
            "WhatsApp interrumpió la respuesta: el mensaje pudo enviarse o no. Revise la conversación antes de repetirlo."
    )

    static let unexpected = LocalizedText(
        en: "The answer is not one of the Graph API's. Check that the address of the Graph API is the right one.",
        es: "La respuesta no es de la Graph API. Compruebe que la dirección de la Graph API es la correcta.")

    /// For answers that are not Meta's JSON.
    static func advice(for kind: CallFailure.Kind, status: Int) -> LocalizedText {
        switch kind {
        case .unknown: uncertain
        case .permanent: unexpected
        case .transient, .unreachable:
            LocalizedText(
                en: "WhatsApp is overloaded or down for a moment (HTTP \(status)). It is tried again by itself.",
                es: "WhatsApp está saturado o caído por un momento (HTTP \(status)). Se reintenta automáticamente.")
        case .throttled:
            LocalizedText(
                en: "WhatsApp asks us to slow down (HTTP \(status)). It is tried again by itself.",
                es: "WhatsApp pide ir más despacio (HTTP \(status)). Se reintenta automáticamente.")
        case .accountWide:
            LocalizedText(
                en:
                    "WhatsApp does not accept the access token (HTTP \(status)). Put a new one into puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
                es:
                    "WhatsApp no acepta el token de acceso (HTTP \(status)). Ponga uno nuevo en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie."
            )
        }
    }
}
