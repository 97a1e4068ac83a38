import Domain
import OutboundHTTP

/// One Salesforce org over HTTP: sessions, deadlines, limits, and failures classified.
struct SalesforceAPI: Sendable {
    /// Reads (R3).
    private static let readingDeadline: Duration = .milliseconds(3500)
    /// Writing runs the org's triggers and flows for up to 200 records; giving up early would only repeat it.
    private static let writingDeadline: Duration = .seconds(10)
    private static let maxAnswerBytes = 8 << 20

    let settings: SalesforceSettings
    let client: OutboundClient
    let session: SalesforceSession
    let meter: SalesforceMeter
    let schemas: SalesforceSchemaCache

    func get<Answer: Decodable>(_ path: String) async throws(CallFailure) -> Answer {
        try await call("GET", path, body: nil, effect: .repeatable)
    }

    func send<Answer: Decodable>(
        _ method: String, _ path: String, _ body: some Encodable, effect: SalesforceFailure.Effect
    ) async throws(CallFailure) -> Answer {
        let bytes: [UInt8]
        do {
            bytes = try WireJSON.encode(body)
        } catch {
            throw SalesforceAdvice.rejected("not-encodable", error.text)
        }
        return try await call(method, path, body: bytes, effect: effect)
    }

    func delete<Answer: Decodable>(_ path: String) async throws(CallFailure) -> Answer {
        try await call("DELETE", path, body: nil, effect: .repeatable)
    }

    /// One page of a query, which Salesforce may make shorter than asked for.
    func page(_ query: String, includesDeleted: Bool = false) async throws(CallFailure) -> SalesforcePage {
        do throws(CallFailure) {
            return try await get("/\(includesDeleted ? "queryAll" : "query")?q=\(FormBody.escaped(query))")
        } catch {
            // The next one is asked for what there is.
            if error.code == "INVALID_FIELD" || error.code == "INVALID_TYPE" { schemas.forget() }
            throw error
        }
    }

    /// All records that a query finds.
    /// - Throws: `more-remains` when there are more than so many pages of them.
    func records(
        _ query: String, includesDeleted: Bool = false, maxPages: Int = 10
    ) async throws(CallFailure) -> [SalesforceRecord] {
        var page = try await self.page(query, includesDeleted: includesDeleted)
        var records = page.records.map(SalesforceRecord.init)
        for _ in 1..<max(2, maxPages) {
            guard !page.done, let next = page.nextRecordsUrl else { return records }
            page = try await self.next(next)
            records += page.records.map(SalesforceRecord.init)
        }
        guard page.done else { throw SalesforceAdvice.tooMuchAtOnce }
        return records
    }

    /// The address begins at the instance's root, and leads to no other place than a query.
    private func next(_ path: String) async throws(CallFailure) -> SalesforcePage {
        let root = "/services/data/\(settings.version)"
        guard path.hasPrefix(root + "/query") else { throw SalesforceAdvice.rejected("bad-locator", "") }
        return try await get(String(path.dropFirst(root.count)))
    }

    private func call<Answer: Decodable>(
        _ method: String, _ path: String, body: [UInt8]?, effect: SalesforceFailure.Effect
    ) async throws(CallFailure) -> Answer {
        var access = try await session.access()
        var response = try await send(method, path, body: body, effect: effect, access)
        if response.status == 401 {
            // The session ended; nothing was done. Once more with a new one.
            access = try await session.access(insteadOf: access)
            response = try await send(method, path, body: body, effect: effect, access)
        }
        meter.read(response)
        let reader = SalesforceFailure(
            secrets: [access.token, settings.credential.secret], effect: effect, place: settings.place)
        guard response.isSuccess else { throw reader.failure(response) }
        do {
            return try WireJSON.decode(from: response.body)
        } catch {
            throw reader.unreadable(error)
        }
    }

    private func send(
        _ method: String, _ path: String, body: [UInt8]?, effect: SalesforceFailure.Effect, _ access: SalesforceAccess
    ) async throws(CallFailure) -> OutboundResponse {
        let isWithoutVersion = [Self.userInfo, Self.versions].contains(path)
        var headers = [
            ("Authorization", "Bearer \(access.token)"), ("Accept", "application/json"),
            ("Sforce-Call-Options", "client=Puente"),
        ]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        let request = OutboundRequest(
            method: method,
            url: access.instanceURL + (isWithoutVersion ? path : "/services/data/\(settings.version)\(path)"),
            headers: headers, body: body, deadline: method == "GET" ? Self.readingDeadline : Self.writingDeadline,
            maxResponseBytes: Self.maxAnswerBytes, destination: "salesforce")
        do {
            return try await client.send(request)
        } catch {
            throw error.callFailure(isRepeatable: effect == .repeatable, scope: .connection, destination: "Salesforce")
        }
    }

    /// The two resources outside the versions.
    static let userInfo = "/services/oauth2/userinfo"
    static let versions = "/services/data/"
}
