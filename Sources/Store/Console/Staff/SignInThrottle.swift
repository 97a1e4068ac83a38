package import Domain

/// How long somebody who keeps guessing passwords waits. Pure.
package struct SignInThrottle: Sendable {
    /// So many failures cost nothing: people mistype.
    package var free = 5
    /// The wait after the first failure that costs something; it doubles with each further one.
    package var firstWait: Duration = .seconds(2)
    package var longestWait: Duration = .minutes(15)
    /// After this long without a failure all is forgotten.
    package var memory: Duration = .hours(1)

    package init() {}

    /// When the next attempt is allowed; nil when it is allowed now.
    package func blockedUntil(failures: Int, lastAt: Timestamp, now: Timestamp) -> Timestamp? {
        guard failures >= free, now - lastAt < memory else { return nil }
        let doublings = min(failures - free, 20)
        let until = lastAt + min(firstWait * (1 << doublings), longestWait)
        return until > now ? until : nil
    }
}

/// Whom a failed sign-in counts against.
package enum SignInSubject: Hashable, Sendable {
    /// The address that was typed in, whether there is such an account or not.
    case account(String)
    /// The client's network address.
    case address(String)

    var key: String {
        switch self {
        case .account(let email): "account:\(StaffAccount.folded(email))"
        case .address(let address): "address:\(address.prefix(64))"
        }
    }
}

extension Store {
    /// - Returns: when the next attempt is allowed; nil for at once.
    package func signInBlockedUntil(
        _ subjects: [SignInSubject], throttle: SignInThrottle = SignInThrottle()
    ) async throws -> Timestamp? {
        guard !subjects.isEmpty else { return nil }
        let now = now()
        let list = SQLValueList("subject", subjects.map(\.key))
        return try await database.read(on: .console) { connection in
            try connection.rows(
                "SELECT failures, last_at FROM sign_in_failure WHERE subject IN \(list.sql)", list.arguments([:])
            ).compactMap {
                throttle.blockedUntil(failures: try $0.get("failures"), lastAt: try $0.get("last_at"), now: now)
            }.max()
        }
    }

    package func noteSignInFailure(
        _ subjects: [SignInSubject], throttle: SignInThrottle = SignInThrottle()
    ) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.executeMany(
                """
                INSERT INTO sign_in_failure (subject, failures, last_at) VALUES (:subject, 1, :now)
                ON CONFLICT (subject) DO UPDATE
                SET failures = CASE WHEN sign_in_failure.last_at < :forgotten THEN 1
                        ELSE sign_in_failure.failures + 1 END,
                    last_at = :now
                """,
                subjects.map { ["subject": $0.key, "now": now, "forgotten": now - throttle.memory] })
        }
    }

    /// A right password forgets the account's failures; the network address keeps its own.
    package func forgetSignInFailures(_ subject: SignInSubject) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute("DELETE FROM sign_in_failure WHERE subject = :subject", ["subject": subject.key])
        }
    }
}
