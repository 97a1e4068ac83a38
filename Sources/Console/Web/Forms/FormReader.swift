import Domain
import Hummingbird
import NIOCore
import Pipeline
import Secrets

/// Reads the form of a request and compares its token, before anything in it is believed or stored.
struct FormReader: Sendable {
    let request: Request
    let limits: FormLimits
    /// Must be in the field `csrf` or the header `X-CSRF-Token`; an empty one matches nothing.
    let token: String
    var files: UploadShelf?

    /// - Throws: `forbidden` with the detail `csrf`, `tooLarge`, `invalid`.
    func read() async throws -> Form {
        try checkOrigin()
        let contentType = request.headers[.contentType] ?? ""
        if let boundary = MultipartParser.boundary(in: contentType) {
            return try await patiently { try await readParts(boundary) }
        }
        guard contentType.isEmpty || contentType.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
            throw PuenteError.unreadableForm
        }
        return try await patiently { try await readFields() }
    }

    private func patiently(_ read: @escaping @Sendable () async throws -> Form) async throws -> Form {
        do {
            return try await withReadTimeout(limits.patience, read)
        } catch is ReadTimedOut {
            throw PuenteError.slowForm
        }
    }

    private func readFields() async throws -> Form {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: limits.fieldBytes)
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            throw PuenteError.largeForm
        }
        let fields = FormFields(urlEncoded: String(buffer: buffer))
        try checkToken(fields)
        return Form(fields: fields, file: nil)
    }

    // MARK: Parts

    private func readParts(_ boundary: String) async throws -> Form {
        var parser = MultipartParser(boundary: boundary)
        var collector = PartCollector(limits: limits, files: files)
        for try await chunk in request.body {
            parser.feed(chunk)
            while let event = try parser.next() {
                // A stranger's file is not taken in: the token stands before it in the form, or in the header.
                if case .part(let part) = event, part.filename != nil { try checkToken(collector.fields) }
                try await collector.take(event)
            }
        }
        guard parser.isComplete else { throw PuenteError.unreadableForm }
        try checkToken(collector.fields)
        return Form(fields: collector.fields, file: collector.file)
    }

    // MARK: Forgery

    private func checkToken(_ fields: FormFields) throws {
        let given = request.headers[.csrfToken] ?? fields["csrf"] ?? ""
        guard !token.isEmpty, ConstantTime.areEqual(given, token) else { throw PuenteError.forgedForm }
    }

    /// Browsers say where a request was made; a form of ours is sent by a page of ours.
    private func checkOrigin() throws {
        switch request.headers[.fetchSite] {
        case nil, "same-origin", "none": return
        default: throw PuenteError.forgedForm
        }
    }
}

extension PuenteError {
    static let forgedForm = PuenteError(
        .forbidden, detail: "csrf",
        en: "This page had been open for too long, so nothing was changed. Go back, reload it, and try again.",
        es: "Esta página llevaba demasiado tiempo abierta y no se cambió nada. Vuelva, recárguela e inténtelo de nuevo."
    )
    static let unreadableForm = PuenteError(
        .invalid, detail: "form", en: "The form could not be read. Reload the page and try again.",
        es: "No se pudo leer el formulario. Recargue la página e inténtelo de nuevo.")
    static let slowForm = PuenteError(
        .invalid, detail: "form_slow", en: "The form took too long to arrive. Try again.",
        es: "El formulario tardó demasiado en llegar. Inténtelo de nuevo.")
    static let largeForm = PuenteError(
        .tooLarge, detail: "form_size", en: "That is more than this form takes.",
        es: "Es más de lo que admite este formulario.")
}
