import Domain
import Logging
import Secrets
import Store

/// One attempt to sign in. It takes as long for an address that nobody has as for one that somebody has.
struct SignIn: Sendable {
    enum Outcome {
        case entered(SecretToken)
        /// Never says which of the two was wrong, nor whether the account is disabled.
        case wrong
        case throttled(until: Timestamp)
    }

    /// Behind one address stand whole offices: more may be mistyped there than by one person.
    private static let addressThrottle = {
        var throttle = SignInThrottle()
        throttle.free = 30
        return throttle
    }()

    let parts: ConsoleParts
    private var store: Store { parts.store }

    init(parts: ConsoleParts) {
        self.parts = parts
    }

    func attempt(email: String, password: String, _ visitor: Visitor) async throws -> Outcome {
        let account = SignInSubject.account(email)
        let address = SignInSubject.address(ClientNetwork(visitor.address).text)
        if let until = try await blockedUntil(account, address) { return .throttled(until: until) }
        let staff = try await store.staff(email: email)
        let isOpen = staff.map { $0.disabledAt == nil } ?? false
        let verdict = try await parts.hasher.verify(password, against: isOpen ? staff?.passwordHash : nil)
        // Passwords are compared one at a time: what was guessed beside this one has been noted by now.
        if let until = try await blockedUntil(account, address) { return .throttled(until: until) }
        guard let staff, verdict != .wrong else {
            try await store.noteSignInFailure([account])
            try await store.noteSignInFailure([address], throttle: Self.addressThrottle)
            return .wrong
        }
        try await store.forgetSignInFailures(account)
        if verdict == .rightButStale { await renew(password, of: staff) }
        return .entered(try await start(staff, insteadOf: visitor.cookies.session))
    }

    private func blockedUntil(_ account: SignInSubject, _ address: SignInSubject) async throws -> Timestamp? {
        let ofAccount = try await store.signInBlockedUntil([account])
        let ofAddress = try await store.signInBlockedUntil([address], throttle: Self.addressThrottle)
        return [ofAccount, ofAddress].compactMap(\.self).max()
    }

    /// A session of this browser's that was open ends: nobody who knew its token comes in with it.
    private func start(_ staff: StaffAccount, insteadOf old: String?) async throws -> SecretToken {
        if let old { try await store.endSession(TokenHash(of: old), in: staff.workspace) }
        let token = SecretToken(prefix: "session")
        try await store.startSession(
            token.hash, csrfToken: SecretToken(prefix: "form").text, staff: staff.id, in: staff.workspace)
        return token
    }

    /// The person is in either way: the hash is renewed another time when this fails.
    private func renew(_ password: String, of staff: StaffAccount) async {
        do {
            let hash = try await parts.hasher.hash(password)
            try await store.renewPasswordHash(hash, of: staff.id, in: staff.workspace)
        } catch {
            parts.logger.warning("a password's hash could not be renewed", metadata: ["error": "\(error)"])
        }
    }
}
