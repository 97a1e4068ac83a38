internal import CSodium

/// libsodium, made ready once.
enum Sodium {
    /// False only when the system has no source of randomness; nothing secret may be made then.
    static let isReady = sodium_init() >= 0

    /// - Precondition: the system has a source of randomness; without one no promise of this target holds.
    static func prepare() {
        precondition(isReady, "libsodium found no source of randomness")
    }
}
