package import Domain

/// Why the guard lets nobody call an address. Says nothing of what the name stands for: whoever typed it may not be one
/// who may know.
package enum AddressRefusal: String, CaseIterable, Equatable, Sendable {
    case notAnAddress
    /// Plain http to a public address (R3).
    case plainHTTP
    case privateNetwork
    /// Link-local, where clouds serve their machines' credentials; multicast, unspecified, reserved.
    case neverCalled

    /// For the log and the vendor's text.
    var text: String {
        switch self {
        case .notAnAddress: "not a web address that can be used"
        case .plainHTTP: "plain http to a public address"
        case .privateNetwork: "leads into a private network"
        case .neverCalled: "leads to a place that is never called"
        }
    }

    /// The same for a person, before the advice.
    fileprivate var cause: LocalizedText {
        switch self {
        case .notAnAddress: LocalizedText(en: text, es: "no es una dirección web utilizable")
        case .plainHTTP: LocalizedText(en: text, es: "http sin cifrar a una dirección pública")
        case .privateNetwork: LocalizedText(en: text, es: "lleva a una red privada")
        case .neverCalled: LocalizedText(en: text, es: "lleva a un lugar al que nunca se llama")
        }
    }

    /// What a person is told.
    /// - Parameter destination: the name people know it by, for example "HubSpot".
    func advice(_ destination: String) -> LocalizedText {
        switch self {
        case .notAnAddress:
            LocalizedText(
                en: "The address of \(destination) is no web address. Correct it in puente.yaml, then restart.",
                es: "La dirección de \(destination) no es una dirección web. Corríjala en puente.yaml y reinicie.")
        case .plainHTTP:
            LocalizedText(
                en: "The address of \(destination) is public: write it with https in puente.yaml, then restart.",
                es: "La dirección de \(destination) es pública: escríbala con https en puente.yaml y reinicie.")
        case .privateNetwork:
            LocalizedText(
                en: """
                    The address of \(destination) leads into a private network. Where that is meant, add its host to \
                    outbound.private_hosts in puente.yaml, then restart.
                    """,
                es: """
                    La dirección de \(destination) lleva a una red privada. Si es correcto, agregue su host a \
                    outbound.private_hosts en puente.yaml y reinicie.
                    """)
        case .neverCalled:
            LocalizedText(
                en: """
                    The address of \(destination) leads to a place that Puente never calls. Correct it in puente.yaml, \
                    then restart.
                    """,
                es: """
                    La dirección de \(destination) lleva a un lugar al que Puente nunca llama. Corríjala en puente.yaml y \
                    reinicie.
                    """)
        }
    }
}

extension CallFailure {
    /// What went wrong, as a line says it before the advice: the vendor's own words, else the code. What we refused ourselves
    /// is said in the reader's language.
    package var cause: LocalizedText {
        let refusal = AddressRefusal.allCases.first { $0.text == vendorText }
        return refusal?.cause ?? .same(vendorText.isEmpty ? code : vendorText)
    }
}
