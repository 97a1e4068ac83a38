import Domain
import HTTPTypes
import Hummingbird
import Secrets
import Store
import Synchronization

/// Lets programs in: finds the key behind a bearer token, counts its requests, and refuses in time who guesses.
struct APIGate: Sendable {
    /// Longer ones are nobody's.
    private static let maxTokenBytes = 4096

    let store: Store
    let rates: RateBook

    /// - Throws: ``APIProblem`` 401 or 429.
    func enter(_ headers: HTTPFields) async throws -> APIVisit {
        guard let token = Self.token(headers[.authorization]) else { throw APIProblem.noKey }
        let hash = TokenHash(of: token)
        guard try await mayTry(hash) else { throw APIProblem.tooManyGuesses }
        guard let key = try await store.apiKey(hash) else {
            rates.noteUnknown(at: store.now())
            throw APIProblem.unknownKey
        }
        rates.noteKnown(hash)
        return APIVisit(key: key, allowance: rates.take(key, at: store.now()))
    }

    /// Where others guess too fast for every token to be looked up, those that are right are listed, and still go in.
    private func mayTry(_ token: TokenHash) async throws -> Bool {
        let now = store.now()
        if rates.mayTry(token, at: now) { return true }
        if rates.mayList(at: now) { rates.noteAll(try await store.apiKeyHashes()) }
        return rates.mayTry(token, at: now)
    }

    /// `Bearer` in any case, one space, one word.
    static func token(_ header: String?) -> String? {
        guard let header, header.utf8.count <= maxTokenBytes else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}

/// A program at the door: who it is, and what of its rate is left.
struct APIVisit: Sendable {
    let key: APIKeyAccess
    let allowance: RateBook.Allowance
}

extension APIProblem {
    private static let challenge = "Bearer realm=\"puente\""

    static let noKey = APIProblem(
        401, "unauthorized", en: "Send the API key as \"Authorization: Bearer KEY\".",
        es: "Envíe la clave de API como «Authorization: Bearer CLAVE»."
    ).with("WWW-Authenticate", challenge)
    static let unknownKey = APIProblem(
        401, "unauthorized", en: "This API key is unknown or was disabled.",
        es: "Esta clave de API no se conoce o se desactivó."
    ).with("WWW-Authenticate", challenge + ", error=\"invalid_token\"")
    static let tooManyGuesses = APIProblem(
        429, "throttled", en: "Too many requests with unknown keys. Wait a few seconds.",
        es: "Demasiadas peticiones con claves desconocidas. Espere unos segundos."
    ).with("Retry-After", "5")

    static func lacking(_ scope: APIScope) -> APIProblem {
        APIProblem(
            403, "forbidden", en: "This API key lacks the scope \"\(scope.rawValue)\".",
            es: "A esta clave de API le falta el permiso «\(scope.rawValue)».")
    }

    static func tooFast(_ allowance: RateBook.Allowance) -> APIProblem {
        APIProblem(
            429, "throttled",
            en: "This key may make \(allowance.perMinute) requests a minute. Wait as Retry-After says.",
            es: "Esta clave admite \(allowance.perMinute) peticiones por minuto. Espere lo que dice Retry-After."
        ).with("Retry-After", String(allowance.secondsUntilNext))
    }
}
