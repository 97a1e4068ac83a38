import Domain
import WhatsApp

/// What Meta says of the number itself.
extension NumberCheck {
    func numberLines(_ info: PhoneNumberInfo) -> [CheckLine] {
        let findings = [
            mismatch(info), registration(info), verification(info), name(info), mode(info), quality(info), health(info),
        ].compactMap(\.self)
        return [summary(info)] + findings
    }

    private func summary(_ info: PhoneNumberInfo) -> CheckLine {
        let parts = [info.displayNumber, info.verifiedName].compactMap(\.self)
        let shown = parts.isEmpty ? info.id : parts.joined(separator: ", ")
        guard let quality = info.qualityRating.flatMap(Self.qualityWord) else {
            return CheckLine(subject: subject, outcome: .passed(.same(shown)))
        }
        return .passed(subject, en: "\(shown), quality \(quality.en)", es: "\(shown), calidad \(quality.es)")
    }

    private static func qualityWord(_ rating: String) -> LocalizedText? {
        switch rating {
        case "GREEN": LocalizedText(en: "high", es: "alta")
        case "YELLOW": LocalizedText(en: "medium", es: "media")
        case "RED": LocalizedText(en: "low", es: "baja")
        default: nil
        }
    }

    private func mismatch(_ info: PhoneNumberInfo) -> CheckLine? {
        let digits = number.displayNumber.filter(\.isNumber)
        guard let theirs = info.displayNumber, theirs.filter(\.isNumber) != digits else { return nil }
        return .warned(
            subject, en: "display_number is \(number.displayNumber), Meta says \(theirs).",
            es: "display_number es \(number.displayNumber); Meta dice \(theirs).")
    }

    /// Meta's pages and its description of the API name different states; what is not known is passed over.
    private func registration(_ info: PhoneNumberInfo) -> CheckLine? {
        switch info.status {
        case "PENDING", "UNVERIFIED", "DISCONNECTED", "UNLINKED":
            .failed(
                subject,
                en: "The number is not registered (\(info.status ?? "")), so nothing can be sent or received. POST "
                    + "/\(number.phoneNumberID)/register with a PIN mends it (README, step 6).",
                es: "El número no está registrado (\(info.status ?? "")): no se puede enviar ni recibir nada. POST "
                    + "/\(number.phoneNumberID)/register con un PIN lo arregla (README, paso 6).")
        case "BANNED", "RESTRICTED", "DELETED", "MIGRATED":
            .failed(
                subject,
                en: "Meta says the number is \(info.status ?? ""): look at it in WhatsApp Manager, and appeal there.",
                es: "Meta dice que el número está \(info.status ?? ""): véalo en WhatsApp Manager y apele allí.")
        case "FLAGGED":
            .warned(
                subject, en: "Meta has flagged the number for low quality: write to fewer people who did not ask.",
                es: "Meta marcó el número por baja calidad: escriba menos a quien no lo pidió.")
        case "RATE_LIMITED":
            .warned(
                subject, en: "The number has reached its limit of people written to first: answers still leave.",
                es: "El número alcanzó su límite de personas a las que se escribe primero: las respuestas sí salen.")
        default: nil
        }
    }

    /// A number that is connected needs its code no more, whatever became of it.
    private func verification(_ info: PhoneNumberInfo) -> CheckLine? {
        guard info.status != "CONNECTED" else { return nil }
        switch info.codeVerificationStatus {
        case "NOT_VERIFIED", "EXPIRED":
            return .failed(
                subject,
                en: "The number is not verified: ask for a code by SMS or call and confirm it (README, step 2).",
                es: "El número no está verificado: pida un código por SMS o llamada y confírmelo (README, paso 2).")
        default: return nil
        }
    }

    private func name(_ info: PhoneNumberInfo) -> CheckLine? {
        switch info.nameStatus {
        case "DECLINED", "EXPIRED", "NONE":
            .warned(
                subject,
                en: "Meta has not approved the display name, so customers see the number alone: change the name in "
                    + "WhatsApp Manager.",
                es: "Meta no aprobó el nombre visible, así que los clientes solo ven el número: cambie el nombre en "
                    + "WhatsApp Manager.")
        case "PENDING_REVIEW":
            .warned(
                subject, en: "Meta is still reviewing the display name: until then customers may see the number alone.",
                es: "Meta aún revisa el nombre visible: hasta entonces los clientes pueden ver solo el número.")
        default: nil
        }
    }

    private func mode(_ info: PhoneNumberInfo) -> CheckLine? {
        guard info.accountMode == "SANDBOX" else { return nil }
        return .warned(
            subject,
            en:
                "It is a test number of Meta's: it reaches only recipients entered under API Setup. Add your own number.",
            es: "Es un número de prueba de Meta: solo llega a destinatarios anotados en API Setup. Agregue su número.")
    }

    private func quality(_ info: PhoneNumberInfo) -> CheckLine? {
        guard info.qualityRating == "RED" else { return nil }
        return .warned(
            subject,
            en:
                "Customers block or report the number often; Meta may lower its limit. Look at WhatsApp Manager > Insights.",
            es: "Muchos clientes bloquean o reportan el número; Meta puede bajar su límite. Vea WhatsApp Manager > "
                + "Estadísticas.")
    }

    private func health(_ info: PhoneNumberInfo) -> CheckLine? {
        guard info.canSendMessage == "BLOCKED" || info.canSendMessage == "LIMITED" else { return nil }
        let why = info.healthProblems.joined(separator: " ")
        let isBlocked = info.canSendMessage == "BLOCKED"
        return .failed(
            subject, en: "Meta lets it send \(isBlocked ? "nothing" : "in part only"). \(why)",
            es: "Meta \(isBlocked ? "no le deja enviar nada" : "le deja enviar solo en parte"). \(why)")
    }
}
