/// What one password hash costs. Argon2id, one lane.
package enum PasswordCost: Sendable {
    /// 64 MB, two passes: libsodium's choice for people who wait.
    case standard
    /// 19 MB, two passes: the least that OWASP's password storage page accepts; for small machines and tests.
    case small

    var passes: UInt64 { 2 }

    var memoryBytes: Int {
        switch self {
        case .standard: 64 << 20
        case .small: 19 << 20
        }
    }
}
