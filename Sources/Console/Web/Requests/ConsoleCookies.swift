import Domain
import Hummingbird
import Secrets

/// The console's cookies. Those that open something are out of scripts' reach.
struct ConsoleCookies: Sendable {
    private static let year = 31_536_000
    private static let maxLength = 256

    private let isSecure: Bool
    /// Of the session.
    let session: String?
    /// Ties the forms before sign-in to this browser.
    let door: String?
    /// What the last command came to.
    let flash: FlashNotice?
    let language: Language?
    let theme: PageLayout.Theme?
    /// As the script wrote it, percent-encoded.
    let zone: String?

    init(_ request: Request, isSecure: Bool) {
        let cookies = request.cookies
        func value(_ name: String) -> String? {
            cookies[name].map(\.value).flatMap { (1...Self.maxLength).contains($0.utf8.count) ? $0 : nil }
        }
        self.isSecure = isSecure
        self.session = value(Self.name("session", isSecure))
        self.door = value(Self.name("door", isSecure))
        self.flash = value(Self.name("flash", isSecure)).flatMap { FlashNotice($0) }
        self.language = value("puente_language").flatMap { Language(rawValue: $0) }
        self.theme = value("puente_theme").flatMap { PageLayout.Theme(rawValue: $0) }
        self.zone = value("puente_zone")
    }

    /// With the prefix `__Host-` a browser takes the cookie from this host over TLS only: no neighbour can plant one.
    private static func name(_ name: String, _ isSecure: Bool) -> String {
        (isSecure ? "__Host-" : "") + "puente_" + name
    }

    func session(_ token: SecretToken, lasting: Duration) -> Cookie {
        guarded("session", token.text, seconds: Int(lasting.components.seconds))
    }

    var noSession: Cookie { guarded("session", "", seconds: 0) }

    func door(_ token: String) -> Cookie { guarded("door", token, seconds: 86_400) }

    func flash(_ notice: FlashNotice) -> Cookie { guarded("flash", notice.description, seconds: 60) }

    var noFlash: Cookie { guarded("flash", "", seconds: 0) }

    func language(_ language: Language) -> Cookie { choice("puente_language", language.rawValue) }

    func theme(_ theme: PageLayout.Theme) -> Cookie { choice("puente_theme", theme.rawValue) }

    private func guarded(_ name: String, _ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: Self.name(name, isSecure), value: value, maxAge: seconds, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
    }

    private func choice(_ name: String, _ value: String) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: Self.year, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}
