/// What the database keeps of a password: Argon2id with its salt and cost, in the PHC text form
/// (`$argon2id$v=19$m=65536,t=2,p=1$…`).
package struct PasswordHash: Hashable, Sendable, RawRepresentable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// It is not to be read by people or written into logs.
extension PasswordHash: CustomStringConvertible {
    package var description: String { "password hash" }
}

/// Whether a password is the right one.
package enum PasswordVerdict: Equatable, Sendable {
    case wrong
    case right
    /// Right, but hashed at another cost than today's: hash it anew while it is at hand.
    case rightButStale
}
