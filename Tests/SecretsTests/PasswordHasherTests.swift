import Domain
import Secrets
import Testing

@Suite struct PasswordHasherTests {
    private let hasher = PasswordHasher(cost: .small)

    @Test func `the right password is known by its hash, any other is not`() async throws {
        let hash = try await hasher.hash("correcto caballo")

        #expect(hash.rawValue.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify("correcto caballo", against: hash) == .right)
        #expect(try await hasher.verify("correcto caballo ", against: hash) == .wrong)
        #expect(try await hasher.verify("", against: hash) == .wrong)
    }

    @Test func `two hashes of one password differ`() async throws {
        #expect(try await hasher.hash("a") != hasher.hash("a"))
    }

    @Test func `a password is more than its beginning`() async throws {
        let hash = try await hasher.hash("a\u{0}b")

        #expect(try await hasher.verify("a\u{0}b", against: hash) == .right)
        #expect(try await hasher.verify("a\u{0}c", against: hash) == .wrong)
        #expect(try await hasher.verify("a", against: hash) == .wrong)
    }

    @Test func `a hash of another cost is right but due for renewal`() async throws {
        let hash = try await hasher.hash("secreto")

        let verdict = try await PasswordHasher(cost: .standard).verify("secreto", against: hash)

        #expect(verdict == .rightButStale)
    }

    @Test(arguments: [nil, "", "$argon2id$", "$2y$10$abcdefghijklmnopqrstuv", "plain"])
    func `nobody signs in without a hash`(hash: String?) async throws {
        let verdict = try await hasher.verify("plain", against: hash.map { PasswordHash(rawValue: $0) })

        #expect(verdict == .wrong)
    }

    @Test(arguments: ["", String(repeating: "x", count: 1025)])
    func `an empty or endless password is no password`(password: String) async throws {
        let error = await #expect(throws: PuenteError.self) { try await hasher.hash(password) }

        #expect(error?.detail == "password_length")
        #expect(try await hasher.verify(password, against: nil) == .wrong)
    }

    @Test func `a crowd is asked to come again, and the first ones are served`() async throws {
        let outcomes = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    do throws(PuenteError) {
                        _ = try await hasher.hash("secreto")
                        return nil
                    } catch {
                        return error.detail
                    }
                }
            }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }

        #expect(outcomes.count { $0 == nil } >= 32)
        #expect(outcomes.allSatisfy { $0 == nil || $0 == "password_queue" })
        #expect(try await hasher.verify("x", against: nil) == .wrong)
    }
}
