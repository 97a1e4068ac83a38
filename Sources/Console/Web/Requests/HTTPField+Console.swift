import HTTPTypes

extension HTTPField.Name {
    // The names are constants of ours and tokens by RFC 9110; `init?` refuses only what is none.
    private static func make(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .cookie
    }

    static let hxRequest = make("HX-Request")
    static let hxRefresh = make("HX-Refresh")
    static let hxReplaceURL = make("HX-Replace-Url")
    static let csrfToken = make("X-CSRF-Token")
    static let forwardedFor = make("X-Forwarded-For")
    static let fetchSite = make("Sec-Fetch-Site")
    static let referrerPolicy = make("Referrer-Policy")
    static let permissionsPolicy = make("Permissions-Policy")
    static let crossOriginOpener = make("Cross-Origin-Opener-Policy")
    static let accelBuffering = make("X-Accel-Buffering")
}
