import Foundation

/// What HubSpot gave to the app: access tokens that end, refresh tokens that do not, and codes that are good once.
/// Source: HubSpot, "Managing OAuth tokens".
struct HubSpotTokenBook: Sendable {
    enum Standing { case good, ended, unknown }

    /// Seconds.
    static let life: Int64 = 1800
    /// Minutes, in seconds; HubSpot does not say how many.
    private static let lifeOfCode: Int64 = 600
    private static let most = 1000

    private struct Code {
        let text: String
        let redirectURL: String
        let until: Int64
    }

    private(set) var refreshTokens: [String]
    private var access: [(token: String, until: Int64)] = []
    private var codes: [Code] = []
    private(set) var issued = 0

    init(refreshToken: String) {
        refreshTokens = [refreshToken]
    }

    /// Somebody installs the app: the code goes to this address, and is good for it alone.
    mutating func code(for redirectURL: String, at now: Int64) -> String {
        let code = Code(text: Self.word("na1-"), redirectURL: redirectURL, until: now + Self.lifeOfCode * 1000)
        codes.append(code)
        if codes.count > Self.most { codes.removeFirst() }
        return code.text
    }

    /// A refresh token for a code; nil for one that was used, is too old, or belongs to another address.
    mutating func exchange(_ code: String, _ redirectURL: String?, at now: Int64) -> String? {
        guard let place = codes.firstIndex(where: { WebhookSignature.isEqual($0.text, code) }) else { return nil }
        let known = codes.remove(at: place)
        guard known.until > now, known.redirectURL == redirectURL else { return nil }
        let token = Self.word("na1-refresh-")
        refreshTokens.append(token)
        if refreshTokens.count > Self.most { refreshTokens.removeFirst() }
        return token
    }

    /// An access token; nil where the refresh token is none.
    mutating func issue(for refreshToken: String, at now: Int64) -> String? {
        guard refreshTokens.contains(where: { WebhookSignature.isEqual($0, refreshToken) }) else { return nil }
        let token = Self.word("CJSP5qf1KhICAQEY")
        access.append((token, now + Self.life * 1000))
        if access.count > Self.most { access.removeFirst() }
        issued += 1
        return token
    }

    func standing(of token: String, at now: Int64) -> Standing {
        guard let known = access.first(where: { WebhookSignature.isEqual($0.token, token) }) else { return .unknown }
        return known.until > now ? .good : .ended
    }

    /// The seconds that a token has left; nil for one that is none any more.
    func secondsLeft(of token: String, at now: Int64) -> Int64? {
        access.first { $0.until > now && WebhookSignature.isEqual($0.token, token) }.map { ($0.until - now) / 1000 }
    }

    /// All access tokens end; the refresh tokens give new ones.
    mutating func endAccess(at now: Int64) {
        for place in access.indices { access[place].until = min(access[place].until, now) }
    }

    /// The access tokens that came of it go on until they end.
    mutating func forget(_ refreshToken: String) {
        refreshTokens.removeAll { $0 == refreshToken }
    }

    /// The app is removed from the account.
    mutating func uninstall(at now: Int64) {
        refreshTokens = []
        codes = []
        endAccess(at: now)
    }

    private static func word(_ start: String) -> String {
        start + Hexadecimal.text((0..<24).map { _ in UInt8.random(in: 0...255) })
    }
}
