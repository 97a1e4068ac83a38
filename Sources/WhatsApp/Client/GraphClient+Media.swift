package import Domain
package import NIOCore
package import OutboundHTTP

extension GraphClient {
    /// Uploads a file, to be sent by its id within 30 days. Twice is harmless.
    /// - Parameters:
    ///   - path: the file; read while it is sent.
    ///   - byteCount: its size.
    ///   - isAnimated: for stickers; nil when nobody looked.
    /// - Returns: Meta's media id.
    package func uploadMedia(
        _ path: String, byteCount: Int, kind: MediaContent.Kind, mimeType: String, fileName: String,
        isAnimated: Bool? = nil, to phoneNumberID: String, token: String
    ) async throws(CallFailure) -> String {
        let problem = MediaLimits.problem(
            kind: kind, mimeType: mimeType, byteCount: byteCount, isAnimated: isAnimated)
        if let problem { throw .refused(problem) }
        let form = MultipartForm(
            fields: ["messaging_product": "whatsapp", "type": mimeType], fileName: fileName, mimeType: mimeType,
            path: path, byteCount: byteCount, boundary: MultipartForm.randomBoundary())
        let answer = try await call(
            "POST", GraphPath(phoneNumberID, "media"), body: .multipart(form), as: .upload,
            deadline: Deadline.transfer, stall: Deadline.stall, token: token)
        guard let id = answer["id"].text else { throw .unexpectedAnswer("an upload without a media id") }
        return id
    }

    /// Where a file can be fetched, for 5 minutes.
    /// - Parameter phoneNumberID: when given, Meta answers only for media of this number.
    package func mediaInfo(
        _ mediaID: String, of phoneNumberID: String? = nil, token: String
    ) async throws(CallFailure) -> MediaInfo {
        let path = GraphPath(mediaID, query: [("phone_number_id", phoneNumberID)])
        let answer = try await call("GET", path, as: .repeatable, deadline: Deadline.read, token: token)
        guard let info = MediaInfo(answer) else { throw .unexpectedAnswer("media information without an address") }
        return info
    }

    /// Fetches a file piece by piece. The caller compares the sum: see ``MediaChecksum``.
    /// - Parameters:
    ///   - maxBytes: a longer file ends the call.
    ///   - onHead: sees status and headers before the first piece.
    ///   - onChunk: takes the next piece; the connection waits meanwhile.
    /// - Returns: the `Content-Type` of the answer.
    /// - Throws: `CallFailure`, or the very error that a closure threw.
    package func downloadMedia(
        _ info: MediaInfo, token: String, maxBytes: Int = MediaLimits.mostInboundBytes,
        onHead: @escaping @Sendable (OutboundResponse) async throws -> Void = { _ in },
        onChunk: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws -> String? {
        guard isTrusted(info.url) else { throw CallFailure.unexpectedAnswer("a media address outside Meta") }
        let request = OutboundRequest(
            method: "GET", url: info.url, headers: try headers(token: token), deadline: Deadline.transfer,
            stall: Deadline.stall, maxResponseBytes: 64 << 10, destination: "whatsapp-media")
        let classifier = AnswerClassifier(call: .download, token: token)
        do {
            let response = try await files.download(request, maxBytes: maxBytes, onHead: onHead, onChunk: onChunk)
            guard response.isSuccess else { throw classifier.failure(for: response) }
            return response.header("Content-Type")
        } catch let failure as TransportFailure {
            throw classifier.failure(for: failure)
        }
    }

    /// Deletes an uploaded file. One that is gone already counts as a permanent failure with code 100.
    package func deleteMedia(
        _ mediaID: String, of phoneNumberID: String? = nil, token: String
    ) async throws(CallFailure) {
        let path = GraphPath(mediaID, query: [("phone_number_id", phoneNumberID)])
        _ = try await call("DELETE", path, as: .repeatable, deadline: Deadline.read, token: token)
    }

    /// The token goes along, so it goes to Meta's hosts by https, or to the host that was configured as the Graph API.
    func isTrusted(_ url: String) -> Bool {
        guard let address = WebAddress(url) else { return false }
        if let host, address.host == host.host, address.isSecure == host.isSecure { return true }
        let domains = ["facebook.com", "fbsbx.com", "fbcdn.net", "whatsapp.net", "whatsapp.com"]
        return address.isSecure && domains.contains { address.host == $0 || address.host.hasSuffix(".\($0)") }
    }
}

extension CallFailure {
    static func unexpectedAnswer(_ what: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: "unreadable-answer", scope: .message, vendorText: what,
            advice: AnswerClassifier.unexpected)
    }
}
