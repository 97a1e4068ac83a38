import Domain
import OutboundHTTP

/// Turns an answer of the Graph API that is no success, or no answer at all, into a `CallFailure`. Nothing above looks at
/// a status or a Graph code again.
///
/// For a send the question is whether the message may be on its way. A repeat is allowed only after Meta's word that it is
/// not:
/// - An envelope with a code is Meta's word that the request was turned down: certainly not done. The exceptions are a 5xx
///   with code 1 ("unknown error"), Meta's catch-all for its own crashes, thrown anywhere, also after the message was
///   accepted, and a 5xx with a code that the catalogue lacks, which may be another such: unknown. Codes 2, 131016 and
///   133004 say that the service did not take the request, and 131000 that the message was not sent: transient, whatever
///   the status.
/// - Without an envelope it was something in front of Meta that spoke, or Meta's code that fell over. 502 and 504 say that
///   the request was passed on and the answer lost, and a bare 500 does not say where it broke: unknown. So are a bare 503
///   and 408: by the book (RFC 9110, 15.6.4 and 15.5.9) the request was not handled, but proxies answer both as well when
///   the server behind them breaks off or is late after it was handed the request. Only a 503 that names a time to come
///   back at was said on purpose, instead of handling the request: throttled.
/// - A 2xx that cannot be read (cut off, no message id) was most likely acted on: unknown.
struct AnswerClassifier: Sendable {
    let call: GraphCall
    /// Replaced in whatever Meta quotes: its text for a malformed token contains the token.
    let token: String

    func failure(for response: OutboundResponse) -> CallFailure {
        if let error = GraphError(body: JSON(answer: response)) { return failure(for: error, response) }
        if response.isSuccess { return unreadable(response) }
        return failure(withoutEnvelope: response)
    }

    func failure(for failure: TransportFailure) -> CallFailure {
        failure.callFailure(
            isRepeatable: call.isRepeatable, scope: call == .send ? .number : .message, destination: "WhatsApp")
    }

    private func failure(for error: GraphError, _ response: OutboundResponse) -> CallFailure {
        let text = Redaction.text(error.vendorText, secrets: [token])
        let entry = ErrorCatalogue.entry(code: error.code, subcode: error.subcode)
        if !call.isRepeatable, response.status >= 500, entry == nil || error.code == 1 {
            return CallFailure(
                kind: .unknown, code: "\(error.code)", scope: .number, vendorText: text, advice: Self.uncertain)
        }
        guard let entry else {
            let quoted = Redaction.text(error.message, secrets: [token])
            return CallFailure(
                kind: kind(ofUnknown: error, response), code: "\(error.code)", scope: .message, vendorText: text,
                advice: ErrorCatalogue.unknown.advice.appending(vendor: quoted))
        }
        let isElsewhere = entry.reaction == .accountWide && entry.scope == .number && !call.isOfNumber
        return CallFailure(
            kind: isElsewhere ? .permanent : kind(of: entry.reaction, response), code: "\(error.code)",
            scope: isElsewhere ? .message : entry.scope, vendorText: text, advice: entry.advice)
    }

    private func kind(of reaction: CatalogueEntry.Reaction, _ response: OutboundResponse) -> CallFailure.Kind {
        switch reaction {
        case .transient: .transient
        case .throttled(let wait): .throttled(retryAfter: UsageHeader.wait(in: response) ?? response.retryAfter ?? wait)
        case .permanent: .permanent
        case .accountWide: .accountWide
        }
    }

    /// A code that the catalogue lacks, of a call that was turned down or may be repeated.
    private func kind(ofUnknown error: GraphError, _ response: OutboundResponse) -> CallFailure.Kind {
        if response.status == 429 { return .throttled(retryAfter: response.retryAfter ?? .minutes(1)) }
        return error.isTransient || response.status >= 500 ? .transient : .permanent
    }

    private func failure(withoutEnvelope response: OutboundResponse) -> CallFailure {
        let kind = kind(withoutEnvelope: response)
        let text = String(decoding: response.body.prefix(2000), as: UTF8.self)
        return CallFailure(
            kind: kind, code: "http-\(response.status)", scope: scope(withoutEnvelope: kind),
            vendorText: Redaction.text(text, secrets: [token], limit: 300),
            advice: Self.advice(for: kind, status: response.status))
    }

    private func scope(withoutEnvelope kind: CallFailure.Kind) -> PauseScope {
        switch kind {
        case .accountWide: .credential
        // Not this message but the sender is too fast, or WhatsApp itself in trouble.
        case .throttled, .transient, .unknown: call.isOfNumber ? .number : .message
        case .permanent, .unreachable: .message
        }
    }

    private func kind(withoutEnvelope response: OutboundResponse) -> CallFailure.Kind {
        switch response.status {
        // The address of a file has ended: the next attempt asks for a new one.
        case let status where call == .download && [401, 403, 404, 410].contains(status): .transient
        case 401: .accountWide
        case 429: .throttled(retryAfter: response.retryAfter ?? .seconds(30))
        case 503 where response.retryAfter != nil: .throttled(retryAfter: response.retryAfter ?? .seconds(30))
        case 408, 500...: call.isRepeatable ? .transient : .unknown
        default: .permanent
        }
    }

    /// A success that we cannot read.
    private func unreadable(_ response: OutboundResponse) -> CallFailure {
        CallFailure(
            kind: call.isRepeatable ? .transient : .unknown, code: "unreadable-answer", scope: .message,
            vendorText: "HTTP \(response.status) with \(response.body.count) bytes that are not the expected JSON",
            advice: call.isRepeatable ? Self.unexpected : Self.uncertain)
    }
}
