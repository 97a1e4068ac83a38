package import Domain
package import OutboundHTTP

extension AddressGuard {
    /// Why a subscriber's address may not be called; nil where it may. A name that has no address now may have one when there
    /// is something to tell: the call is guarded as well.
    package func hookProblem(_ url: String) async -> LocalizedText? {
        do {
            _ = try await check(url)
        } catch .addressRefused(let refusal) {
            return refusal.hookText
        } catch {
            return nil
        }
        return nil
    }
}

extension TransportFailure {
    /// What a subscriber's log says.
    var hookText: LocalizedText {
        switch self {
        case .unreachable:
            LocalizedText(
                en: "No connection to the address could be made.", es: "No se pudo conectar con la dirección.")
        case .notSent:
            LocalizedText(en: "The event did not leave.", es: "El evento no llegó a salir.")
        case .unknown:
            LocalizedText(
                en: "The address did not answer in time.", es: "La dirección no respondió a tiempo.")
        case .responseTooLarge:
            LocalizedText(en: "The answer is too long.", es: "La respuesta es demasiado larga.")
        case .addressRefused(let refusal): refusal.hookText
        }
    }
}

extension AddressRefusal {
    var hookText: LocalizedText {
        switch self {
        case .notAnAddress:
            LocalizedText(
                en: "This is no web address: it begins with https:// and names a host.",
                es: "No es una dirección web: empieza por https:// y nombra un servidor.")
        case .plainHTTP:
            LocalizedText(
                en: """
                    Write the address with https://. Plain http:// is only for a host in your own network that whoever runs \
                    Puente names under outbound.private_hosts in puente.yaml.
                    """,
                es: """
                    Escriba la dirección con https://. Sin cifrar (http://) solo se admite un host de su propia red que quien \
                    administra Puente nombre en outbound.private_hosts, en puente.yaml.
                    """)
        case .privateNetwork:
            LocalizedText(
                en: """
                    The address leads into a private network. Where that is meant, whoever runs Puente adds its host to \
                    outbound.private_hosts in puente.yaml.
                    """,
                es: """
                    La dirección lleva a una red privada. Si es correcto, quien administra Puente agrega su host a \
                    outbound.private_hosts en puente.yaml.
                    """)
        case .neverCalled:
            LocalizedText(
                en: "The address leads to a place that Puente never calls.",
                es: "La dirección lleva a un lugar al que Puente nunca llama.")
        }
    }
}
