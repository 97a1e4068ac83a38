import HTTPTypes
import Hummingbird

/// What browsers are told about every page. An answer that says otherwise itself keeps its word.
struct SecurityHeaders: Sendable {
    /// Everything comes from here: no other host, nothing inline, no frame around it.
    static let pagePolicy = [
        "default-src 'self'", "img-src 'self' data: blob:", "media-src 'self' blob:", "object-src 'none'",
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    let settings: ConsoleSettings

    func add(to response: inout Response) {
        var fields: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, Self.pagePolicy), (.xContentTypeOptions, "nosniff"),
            // Our own pages are told which page a command came from; nobody else is.
            (.referrerPolicy, "same-origin"), (.crossOriginOpener, "same-origin"),
            (.permissionsPolicy, "camera=(), microphone=(), geolocation=()"), (.cacheControl, "no-store"),
        ]
        if settings.isSecure { fields.append((.strictTransportSecurity, "max-age=31536000")) }
        for (name, value) in fields where response.headers[name] == nil {
            response.headers[name] = value
        }
    }
}
