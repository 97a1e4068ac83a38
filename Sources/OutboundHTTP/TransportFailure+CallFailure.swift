package import Domain

extension TransportFailure {
    /// The classification that every vendor shares.
    /// - Parameters:
    ///   - isRepeatable: a read, or a write that the destination deduplicates: what is unknown may simply be tried again.
    ///   - scope: what the call belongs to; the whole of it waits while the destination is away.
    ///   - destination: the name people know it by, for example "HubSpot".
    package func callFailure(isRepeatable: Bool, scope: PauseScope, destination: String) -> CallFailure {
        CallFailure(
            kind: kind(isRepeatable: isRepeatable), code: code, scope: scope, vendorText: text,
            advice: advice(isRepeatable: isRepeatable, destination: destination))
    }

    private func kind(isRepeatable: Bool) -> CallFailure.Kind {
        switch self {
        case .unreachable: .unreachable
        case .notSent: .transient
        case .unknown: isRepeatable ? .transient : .unknown
        case .responseTooLarge: isRepeatable ? .permanent : .unknown
        case .addressRefused: .accountWide
        }
    }

    private var code: String {
        switch self {
        case .unreachable: "connect"
        case .notSent: "not-sent"
        case .unknown: "no-answer"
        case .responseTooLarge: "answer-too-large"
        case .addressRefused: "address-refused"
        }
    }

    private var text: String {
        switch self {
        case .unreachable(let text), .notSent(let text), .unknown(let text): text
        case .addressRefused(let refusal): refusal.text
        case .responseTooLarge: "the answer is longer than the limit"
        }
    }

    private func advice(isRepeatable: Bool, destination: String) -> LocalizedText {
        switch self {
        case .unreachable:
            LocalizedText(
                en: "\(destination) cannot be reached. It is tried again every second and everything waits until then.",
                es: "No se puede conectar con \(destination). Se reintenta cada segundo y todo espera hasta entonces.")
        case .notSent:
            LocalizedText(
                en: "The request did not leave for \(destination). It is tried again by itself.",
                es: "La petición no llegó a salir hacia \(destination). Se reintenta automáticamente.")
        case .unknown where isRepeatable:
            LocalizedText(
                en: "\(destination) did not answer in time. It is tried again by itself.",
                es: "\(destination) no respondió a tiempo. Se reintenta automáticamente.")
        case .unknown:
            LocalizedText(
                en:
                    "\(destination) did not answer, so it may or may not have been done. Check there before repeating it.",
                es: "\(destination) no respondió: puede que se haya hecho o no. Compruébelo allí antes de repetirlo.")
        case .responseTooLarge:
            LocalizedText(
                en: "The answer of \(destination) is too long to read. Check that the address is the right one.",
                es: "La respuesta de \(destination) es demasiado larga. Compruebe que la dirección es la correcta.")
        case .addressRefused(let refusal): refusal.advice(destination)
        }
    }
}
