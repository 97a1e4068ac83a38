import Domain
import Secrets
import Testing

@testable import Store

@Suite struct ConsoleStaffTests {
    @Test(arguments: TestDatabase.available)
    func `an address signs in to one account, however it is written`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.store.createStaff(
                email: " Ana@Ejemplo.MX ", name: "Ana", role: .admin, passwordHash: PasswordHash(rawValue: "h"),
                in: world.workspace)

            let found = try await world.store.staff(email: "ANA@ejemplo.mx")
            let taken = await #expect(throws: PuenteError.self) {
                try await world.store.createStaff(
                    email: "ana@ejemplo.mx", name: "Otra", role: .agent, passwordHash: PasswordHash(rawValue: "h"),
                    in: world.workspace)
            }

            #expect(found?.id == ana)
            #expect(found?.role == .admin)
            #expect(taken?.detail == "email_taken")
            #expect(try await world.store.staff(email: "nobody@ejemplo.mx")?.id == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a session slides while it is used and ends after its longest time`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            let token = SecretToken(prefix: "ps").hash
            try await world.store.startSession(token, csrfToken: "csrf", staff: ana, in: world.workspace)

            var hours = 0
            while try await world.store.session(token) != nil {
                world.clock.advance(by: .hours(11))
                hours += 11
            }

            // 14 days are 336 hours; the next look after it finds nothing.
            #expect(hours == 341)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a session that rests ends, and so do those of somebody who is disabled or changes the password`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            func start() async throws -> TokenHash {
                let token = SecretToken(prefix: "ps").hash
                try await world.store.startSession(token, csrfToken: "csrf", staff: ana, in: world.workspace)
                return token
            }

            let rested = try await start()
            #expect(try await world.store.session(rested)?.csrfToken == "csrf")
            world.clock.advance(by: .hours(12))
            #expect(try await world.store.session(rested)?.csrfToken == nil)

            let (kept, other) = (try await start(), try await start())
            try await world.store.setPassword(
                PasswordHash(rawValue: "new"), of: ana, in: world.workspace, keeping: kept)
            #expect(try await world.store.session(kept)?.staff.id == ana)
            #expect(try await world.store.session(other)?.staff.id == nil)

            try await world.store.setDisabled(true, staff: ana, in: world.workspace)
            #expect(try await world.store.session(kept)?.staff.id == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `somebody who may sign in stays administrator, whoever else is disabled or made an agent`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let store = world.store
            let people = [try await world.hire("ana"), try await world.hire("beto"), try await world.hire("carla")]
            for person in people.prefix(2) { try await store.setRole(.admin, of: person, in: world.workspace) }
            try await store.setDisabled(true, staff: people[1], in: world.workspace)

            let refused = await #expect(throws: PuenteError.self) {
                try await store.setDisabled(true, staff: people[0], in: world.workspace)
            }
            await #expect(throws: PuenteError.self) {
                try await store.setRole(.agent, of: people[0], in: world.workspace)
            }
            #expect(refused?.detail == "last_admin")
            // Those who are none, or may not sign in, are not meant.
            try await store.setDisabled(true, staff: people[2], in: world.workspace)
            try await store.setRole(.agent, of: people[1], in: world.workspace)

            try await store.setDisabled(false, staff: people[1], in: world.workspace)
            try await store.setRole(.admin, of: people[1], in: world.workspace)
            try await store.setRole(.agent, of: people[0], in: world.workspace)
            #expect(try await store.staff(in: world.workspace).map(\.role) == [.agent, .admin, .agent])
        }
    }

    /// Each asks while the other is still one.
    @Test(arguments: TestDatabase.available)
    func `two administrators who disable each other at once leave one of them`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let people = [try await world.hire("ana"), try await world.hire("beto")]
            for person in people { try await world.store.setRole(.admin, of: person, in: world.workspace) }

            let refusals = await withTaskGroup(of: Int.self) { group in
                for person in people {
                    group.addTask {
                        do {
                            try await world.store.setDisabled(true, staff: person, in: world.workspace)
                            return 0
                        } catch {
                            return 1
                        }
                    }
                }
                return await group.reduce(0, +)
            }

            #expect(refusals == 1)
            #expect(try await world.store.staff(in: world.workspace).count { $0.disabledAt == nil } == 1)
        }
    }

    @Test(
        "guessing passwords takes ever longer, up to a limit",
        arguments: [
            (4, nil), (5, 2), (6, 4), (7, 8), (14, 900), (1_000_000, 900),
        ] as [(Int, Int?)])
    func throttle(failures: Int, seconds: Int?) {
        let throttle = SignInThrottle()
        let now = ConsoleWorld.start

        let until = throttle.blockedUntil(failures: failures, lastAt: now, now: now)

        #expect(until == seconds.map { now + .seconds($0) })
        #expect(throttle.blockedUntil(failures: failures, lastAt: now, now: now + .hours(1)) == nil)
    }

    @Test(arguments: TestDatabase.available)
    func `failures count by account and by address, and a right password forgets the account's`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let subjects: [SignInSubject] = [.account("Ana@ejemplo.mx"), .address("10.0.0.1")]
            for _ in 1...5 { try await world.store.noteSignInFailure(subjects) }

            #expect(try await world.store.signInBlockedUntil([.account("ana@ejemplo.mx")]) != nil)
            #expect(try await world.store.signInBlockedUntil([.address("10.0.0.1")]) != nil)
            #expect(try await world.store.signInBlockedUntil([.account("bruno@ejemplo.mx")]) == nil)
            try await world.store.forgetSignInFailures(.account("ana@ejemplo.mx"))
            #expect(try await world.store.signInBlockedUntil([.account("ana@ejemplo.mx")]) == nil)
            #expect(try await world.store.signInBlockedUntil(subjects) == world.clock.now + .seconds(2))
            world.clock.advance(by: .hours(2))
            try await world.store.noteSignInFailure(subjects)
            #expect(try await world.store.signInBlockedUntil(subjects) == nil)
        }
    }
}
