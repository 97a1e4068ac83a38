import Domain
package import OutboundHTTP

/// Calls of the Cloud API. Every one gets the token it is made with: the caller decrypts it, nothing here keeps it, and it
/// leaves only in the `Authorization` header (a token check also has it in the query, where Meta wants it).
///
/// Failures are classified here once: nothing above looks at an HTTP status or a Graph code.
/// Source: Cloud API reference, Graph API v25.0.
package struct GraphClient: Sendable {
    /// How long one call may take, with its answer.
    enum Deadline {
        static let send: Duration = .seconds(10)
        static let read: Duration = .milliseconds(3500)
        /// Up to 100 MB, also over a line of 1 Mbit/s.
        static let transfer: Duration = .hours(1)
        /// A file that does not move for so long moves no more. Meta looks at a large one before it answers.
        static let stall: Duration = .minutes(2)
    }

    let http: OutboundClient
    /// For the addresses of files, which come in answers.
    let files: OutboundClient
    /// For example `https://graph.facebook.com/v25.0`, without a slash at the end.
    let base: String
    /// The host that tokens are meant for, besides Meta's own.
    let host: WebAddress?

    /// - Parameters:
    ///   - graphURL: `https://graph.facebook.com`, or the sandbox.
    ///   - apiVersion: `v25.0`.
    ///   - files: fetches files, with a guard; nil for the same as the calls.
    package init(graphURL: String, apiVersion: String, http: OutboundClient, files: OutboundClient? = nil) {
        let root = graphURL.hasSuffix("/") ? String(graphURL.dropLast()) : graphURL
        self.base = "\(root)/\(apiVersion)"
        self.host = WebAddress(root)
        self.http = http
        self.files = files ?? http
    }

    /// Makes a call and returns the JSON of a 2xx answer.
    func call(
        _ method: String, _ path: GraphPath, body: GraphBody = .none, as call: GraphCall, deadline: Duration,
        stall: Duration? = nil, token: String
    ) async throws(CallFailure) -> JSON {
        let request = OutboundRequest(
            method: method, url: base + path.text, headers: try headers(token: token) + body.headers, body: body.bytes,
            file: body.file, deadline: deadline, stall: stall, destination: "whatsapp")
        let classifier = AnswerClassifier(call: call, token: token)
        let response: OutboundResponse
        do {
            response = try await http.send(request)
        } catch {
            throw classifier.failure(for: error)
        }
        let json = JSON(answer: response)
        guard response.isSuccess, json["error"].isNull, !json.isNull else { throw classifier.failure(for: response) }
        return json
    }

    /// Some media addresses answer nothing to a request without a user agent.
    func headers(token: String) throws(CallFailure) -> [(String, String)] {
        // Anything else could not stand in a header, and would fail as if the connection were to blame.
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .tokenUnusable }
        return [("Authorization", "Bearer \(token)"), ("Accept", "application/json"), ("User-Agent", "puente")]
    }
}

extension CallFailure {
    static let tokenUnusable = CallFailure(
        kind: .accountWide, code: "token-unusable", scope: .credential, vendorText: "the token was not sent",
        advice: LocalizedText(
            en:
                "The access token is empty or holds characters that no token has. Write it anew into puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
            es:
                "El token de acceso está vacío o contiene caracteres no válidos. Escríbalo de nuevo en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie."
        ))

    /// Ours, before anything was sent.
    static func refused(_ problem: PuenteError) -> CallFailure {
        CallFailure(
            kind: .permanent, code: problem.detail ?? problem.code.rawValue, scope: .message,
            vendorText: "not sent: \(problem.message.en)", advice: problem.message)
    }
}
