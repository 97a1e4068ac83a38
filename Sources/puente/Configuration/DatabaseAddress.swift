import Domain
import OutboundHTTP
import Store

/// Where the database is.
enum DatabaseAddress: Equatable, Sendable {
    /// An absolute path.
    case sqlite(path: String)
    /// - Parameter url: may hold a password; ``description`` does not show it.
    case postgres(url: Secret, password: Secret?)

    /// Nil unless it is `sqlite:PATH` or `postgresql://…` (also `postgres://…`).
    /// - Parameter folder: where relative paths begin.
    init?(_ text: String, password: Secret?, folder: String) {
        let lower = text.lowercased()
        if lower.hasPrefix("sqlite:") {
            var path = text.dropFirst("sqlite:".count)
            // Written `sqlite:///var/lib/…` too, as some libraries want it.
            if path.hasPrefix("//") { path = path.dropFirst(2) }
            guard !path.isEmpty, !path.hasPrefix(":"), path.utf8.count <= 1024, !path.hasSuffix("/") else { return nil }
            self = .sqlite(path: path.hasPrefix("/") ? String(path) : "\(folder)/\(path)")
        } else if lower.hasPrefix("postgresql://") || lower.hasPrefix("postgres://") {
            self = .postgres(url: Secret(text), password: password)
        } else {
            return nil
        }
    }
}

extension DatabaseAddress {
    /// Several hosts stand in the address where the database may move from one to another.
    var namesSeveralHosts: Bool {
        guard case .postgres(let url, _) = self, let scheme = url.value.firstRange(of: "://") else { return false }
        let authority = url.value[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        let hosts = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let options = url.value.firstIndex(of: "?").map { url.value[$0...].dropFirst() } ?? ""
        let named = options.split(separator: "&").last { $0.hasPrefix("host=") }
        return hosts.contains(",") || named?.contains(",") == true
    }
}

/// For people: without a password.
extension DatabaseAddress: CustomStringConvertible {
    var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(let url, _): Self.withoutPassword(url.value)
        }
    }

    /// Cuts the user's password and everything behind "?", where passwords may stand too.
    private static func withoutPassword(_ url: String) -> String {
        let shown = url.prefix { $0 != "?" }
        guard let scheme = shown.firstRange(of: "://"), let at = shown[scheme.upperBound...].lastIndex(of: "@") else {
            return String(shown)
        }
        let user = shown[scheme.upperBound..<at].prefix { $0 != ":" }
        return "\(shown[..<scheme.upperBound])\(user)\(shown[at...])"
    }
}
