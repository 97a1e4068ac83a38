import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Store

extension APIRequest {
    private static let maxBodyBytes = 1 << 20
    private static let readTimeout: Duration = .seconds(10)
    private static let idempotencyKey = HTTPField.Name("Idempotency-Key")

    /// Checks the form of a request and reads its body.
    /// - Throws: ``APIProblem``.
    init(_ request: Request, for operation: APIOperation, parameters: [String: String], key: APIKeyAccess) async throws
    {
        let headers = request.headers
        guard operation.answersFile || AcceptHeader.takesJSON(headers[.accept]) else { throw APIProblem.notAcceptable }
        let query = RequestQuery(request.uri.query)
        try query.allow(operation.query)
        let bytes = operation.body == .json ? try await Self.json(request) : []
        self.init(
            key: key, language: AcceptHeader.language(headers[.acceptLanguage]), path: request.uri.path, query: query,
            body: operation.body == .json ? try Self.value(bytes) : .null, parameters: parameters,
            repeatable: try Self.repeatable(request, bytes: bytes, key: key),
            expected: try IfMatchHeader.versions(headers[.ifMatch]),
            file: operation.body == .file ? try Self.file(request) : nil)
    }

    // MARK: Body

    private static func json(_ request: Request) async throws -> [UInt8] {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.trimming.lowercased()
        guard type == "application/json" else { throw APIProblem.notJSON }
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > maxBodyBytes {
            throw APIProblem.tooLarge(maxBodyBytes)
        }
        do {
            let buffer = try await withReadTimeout(readTimeout) { try await request.body.collect(upTo: maxBodyBytes) }
            return Array(buffer: buffer)
        } catch is ReadTimedOut {
            throw APIProblem.tookTooLong
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw APIProblem.tooLarge(maxBodyBytes)
        } catch {
            throw APIProblem.cannotBeRead
        }
    }

    private static func value(_ bytes: [UInt8]) throws(APIProblem) -> JSONValue {
        do {
            return try JSONReader.read(bytes)
        } catch {
            throw APIProblem(
                400, "malformed", en: "The body is not valid JSON: at byte \(error.offset), \(error.reason.en).",
                es: "El cuerpo no es JSON válido: en el byte \(error.offset), \(error.reason.es).")
        }
    }

    private static func file(_ request: Request) throws(APIProblem) -> FileBody {
        guard let type = request.headers[.contentType], type.utf8.count <= 200 else {
            throw APIProblem(
                415, "unsupported_media_type", en: "Name the file's type in Content-Type.",
                es: "Indique el tipo del archivo en Content-Type.")
        }
        return FileBody(contentType: type, body: request.body)
    }

    // MARK: Repeats

    /// The key may stand in quotes, as the draft of the header writes it, or bare.
    private static func repeatable(
        _ request: Request, bytes: [UInt8], key: APIKeyAccess
    ) throws(APIProblem) -> IdempotentRequest? {
        guard let header = idempotencyKey.flatMap({ request.headers[$0] }) else { return nil }
        let isQuoted = header.count >= 2 && header.first == "\"" && header.last == "\""
        let text = isQuoted ? String(header.dropFirst().dropLast()) : header
        let isKey = text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\"") }
        guard (1...255).contains(text.utf8.count), isKey else {
            throw APIProblem(
                400, "invalid_header",
                en: "An Idempotency-Key has 1 to 255 visible ASCII characters, none of them a quote.",
                es: "Una Idempotency-Key tiene de 1 a 255 caracteres ASCII visibles, sin comillas."
            ).with([
                APIProblem.Fault(
                    place: .header("Idempotency-Key"),
                    message: LocalizedText(en: "is not a key", es: "no es una clave"))
            ])
        }
        return IdempotentRequest(
            workspace: key.workspace, apiKey: key.id, key: text,
            fingerprint: RequestFingerprint.of(request.method, request.uri.path, bytes))
    }
}

/// What a repeat must have in common with the first request.
enum RequestFingerprint {
    static func of(_ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = []) -> String {
        TokenHash(of: "\(method.rawValue) \(path)\n\(String(decoding: body, as: UTF8.self))").text
    }
}
