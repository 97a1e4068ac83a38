internal import CSodium
package import Domain
internal import Synchronization

/// Hashes and checks passwords, one at a time, on a thread of its own.
///
/// One hash takes 64 MB and a tenth of a second or more, on purpose: two at once would let strangers who guess
/// passwords take a small machine's memory, and on Swift's cooperative threads they would stop everything else.
package actor PasswordHasher {
    /// Beyond this many waiting, sign-in answers "try again" instead of letting the queue grow.
    private static let maxWaiting = 32
    /// Argon2 takes any length; a limit keeps hostile forms small.
    private static let maxPasswordBytes = 1024

    private let cost: PasswordCost
    private let executor = QueueExecutor(label: "puente.passwords")
    private let waiting = Mutex(0)

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(cost: PasswordCost = .standard) {
        Sodium.prepare()
        self.cost = cost
    }

    /// Makes a hash with a new salt.
    /// - Throws: `invalid` for an empty or endless password, `throttled` when too many wait.
    package nonisolated func hash(_ password: String) async throws(PuenteError) -> PasswordHash {
        try Self.check(password)
        try enter()
        defer { leave() }
        return try await makeHash(password)
    }

    /// Compares a password with its hash. A hash that is none matches nothing.
    /// - Parameter hash: nil when there is no such person: takes as long and answers `wrong`, so that the time does not
    ///   tell who has an account.
    package nonisolated func verify(
        _ password: String, against hash: PasswordHash?
    ) async throws(PuenteError) -> PasswordVerdict {
        guard (try? Self.check(password)) != nil else { return .wrong }  // Nobody could have chosen it.
        try enter()
        defer { leave() }
        return try await compare(password, hash)
    }

    private func makeHash(_ password: String) throws(PuenteError) -> PasswordHash {
        guard let text = argon2(password) else {
            throw PuenteError(
                .unavailable, detail: "password_memory",
                en: "There is not enough memory to check passwords right now. Try again in a moment.",
                es: "No hay memoria suficiente para comprobar contraseñas ahora. Inténtelo en un momento.")
        }
        return PasswordHash(rawValue: text)
    }

    private func compare(_ password: String, _ hash: PasswordHash?) throws(PuenteError) -> PasswordVerdict {
        guard let hash else {
            _ = try makeHash(password)
            return .wrong
        }
        let isRight = password.withCString {
            crypto_pwhash_str_verify(hash.rawValue, $0, UInt64(password.utf8.count)) == 0
        }
        guard isRight else { return .wrong }
        let isStale = crypto_pwhash_str_needs_rehash(hash.rawValue, cost.passes, cost.memoryBytes) != 0
        return isStale ? .rightButStale : .right
    }

    /// Nil when the system gives no memory.
    private func argon2(_ password: String) -> String? {
        var text = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
        let result = password.withCString { bytes in
            crypto_pwhash_str_alg(
                &text, bytes, UInt64(password.utf8.count), cost.passes, cost.memoryBytes,
                crypto_pwhash_alg_argon2id13())
        }
        guard result == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func check(_ password: String) throws(PuenteError) {
        guard (1...maxPasswordBytes).contains(password.utf8.count) else {
            throw PuenteError(
                .invalid, detail: "password_length", en: "A password has 1 to \(maxPasswordBytes) bytes.",
                es: "Una contraseña tiene de 1 a \(maxPasswordBytes) bytes.")
        }
    }

    private nonisolated func enter() throws(PuenteError) {
        let isFull = waiting.withLock { count in
            if count >= Self.maxWaiting { return true }
            count += 1
            return false
        }
        if isFull {
            throw PuenteError(
                .throttled, detail: "password_queue",
                en: "Too many people are signing in at the moment. Try again in a few seconds.",
                es: "Demasiadas personas están iniciando sesión. Inténtelo en unos segundos.")
        }
    }

    private nonisolated func leave() {
        waiting.withLock { $0 -= 1 }
    }
}
