package import Domain
import OutboundHTTP

/// One thing that was tried about a connection.
package struct CheckStep: Equatable, Sendable {
    package enum Name: String, Codable, CaseIterable, Sendable {
        case address, reach, credential, version, permissions, fields, mapping, sample, limits, receiver
    }

    package enum Outcome: Equatable, Sendable {
        /// What was found, for example the account's name.
        case passed(LocalizedText)
        /// It works, or will by itself, and a person should know something.
        case noted(LocalizedText)
        case failed(cause: LocalizedText, remedy: LocalizedText)
    }

    package let name: Name
    package let outcome: Outcome

    package init(name: Name, outcome: Outcome) {
        self.name = name
        self.outcome = outcome
    }

    package var isPassed: Bool {
        switch outcome {
        case .passed, .noted: true
        case .failed: false
        }
    }

    package var title: LocalizedText {
        switch name {
        case .address: LocalizedText(en: "Address", es: "Dirección")
        case .reach: LocalizedText(en: "Connection", es: "Conexión")
        case .credential: LocalizedText(en: "Access token", es: "Token de acceso")
        case .version: LocalizedText(en: "Version", es: "Versión")
        case .permissions: LocalizedText(en: "Permissions", es: "Permisos")
        case .fields: LocalizedText(en: "Fields", es: "Campos")
        case .mapping: LocalizedText(en: "Mapping", es: "Correspondencia de campos")
        case .sample: LocalizedText(en: "Sample record", es: "Ficha de prueba")
        case .limits: LocalizedText(en: "Limits", es: "Límites")
        case .receiver: LocalizedText(en: "Receiver", es: "Receptor")
        }
    }
}

extension CheckStep {
    static func passed(_ name: Name, en: String, es: String) -> Self {
        Self(name: name, outcome: .passed(LocalizedText(en: en, es: es)))
    }

    static func noted(_ name: Name, en: String, es: String) -> Self {
        Self(name: name, outcome: .noted(LocalizedText(en: en, es: es)))
    }

    static func failed(_ name: Name, cause: LocalizedText, remedy: LocalizedText) -> Self {
        Self(name: name, outcome: .failed(cause: cause, remedy: remedy))
    }

    /// The vendor's words as the cause, our advice as the remedy. What the advice says of work that waits and is tried again
    /// does not hold here: whoever asked asks again.
    static func failed(_ name: Name, _ failure: CallFailure) -> Self {
        failed(name, cause: cause(of: failure), remedy: remedy(for: name, failure))
    }

    private static func cause(of failure: CallFailure) -> LocalizedText {
        let text = failure.vendorText
        switch failure.code {
        case _ where text.isEmpty: return failure.advice
        case "connect":
            return LocalizedText(en: "No connection could be made (\(text)).", es: "No se pudo conectar (\(text)).")
        case "no-answer": return LocalizedText(en: "There was no answer (\(text)).", es: "No hubo respuesta (\(text)).")
        case "unreadable-answer":
            return LocalizedText(
                en: "The answer could not be read (\(text)).", es: "No se pudo leer la respuesta (\(text)).")
        case _ where text.hasPrefix("HTTP "):
            return LocalizedText(en: "The answer was \(text).", es: "La respuesta fue \(text).")
        default: return failure.cause
        }
    }

    private static func remedy(for name: Name, _ failure: CallFailure) -> LocalizedText {
        switch (name, failure.kind) {
        case (.reach, .unreachable), (.reach, .transient):
            LocalizedText(
                en: "Check the address, and that the system is running and can be reached from Puente's server.",
                es: "Compruebe la dirección y que el sistema funciona y es accesible desde el servidor de Puente.")
        case (.credential, _) where failure.isOfAnotherSystem:
            LocalizedText(
                en: "What answers at this address is not the API that Puente expects there. Check the address.",
                es: "Lo que responde en esta dirección no es la API que Puente espera. Compruebe la dirección.")
        case (_, .transient), (_, .unreachable), (_, .unknown):
            LocalizedText(
                en: "It did not answer as it should just now. Test again in a moment.",
                es: "Ahora mismo no respondió como debía. Pruebe de nuevo en un momento.")
        case (_, .throttled), (_, .permanent), (_, .accountWide): failure.advice
        }
    }
}

extension CallFailure {
    /// The first question, who we are, was refused as if it were wrong, or answered with something else.
    fileprivate var isOfAnotherSystem: Bool {
        switch kind {
        case .permanent: true
        case .transient: code == "unreadable-answer"
        case .throttled, .accountWide, .unknown, .unreachable: false
        }
    }
}
