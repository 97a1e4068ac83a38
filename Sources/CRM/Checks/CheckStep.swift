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

    /// The vendor's words as the cause, our advice as the remedy.
    static func failed(_ name: Name, _ failure: CallFailure) -> Self {
        failed(name, cause: failure.cause, remedy: failure.advice)
    }
}
