import Domain
import Logging
import PhoneNumbers
import Secrets
import Store

/// Opens the database of a configuration together with its keys.
struct StoreOpening: Sendable {
    let configuration: Configuration
    let log: Logger
    let now: @Sendable () -> Timestamp

    init(_ configuration: Configuration, log: Logger = .silent, now: @escaping @Sendable () -> Timestamp = { .now }) {
        self.configuration = configuration
        self.log = log
        self.now = now
    }

    /// To write: takes the lock beside a SQLite database, brings the schema up to date, and makes the key file when the
    /// database holds nothing encrypted.
    /// - Parameter holder: for the lock's sentence: `serve`, `user add`.
    /// - Throws: `PuenteError` with the remedy; `.unavailable` while PostgreSQL is away.
    func open(as holder: String) async throws -> OpenStore {
        try configuration.database.requireFolder()
        let lock = try takeLock(holder)
        do {
            let engine = try Engine.open(configuration.database, log: log)
            return try await closing(engine) {
                let migration = try await Migrator(engine.database).migrate()
                let keys = try await keys(for: engine.database, mayMake: true)
                return OpenStore(store: store(on: engine, keys), engine: engine, lock: lock, migration: migration)
            }
        } catch {
            lock?.release()
            throw explained(error)
        }
    }

    /// As ``open(as:)``, but waits for a PostgreSQL that is away, asking every second, until the task is cancelled.
    /// - Parameter onFailure: sees why, each time.
    func openWhenReachable(
        as holder: String, onFailure: @Sendable (PuenteError) async -> Void
    ) async throws -> OpenStore {
        while true {
            do {
                return try await open(as: holder)
            } catch let error as PuenteError where error.detail == "database_unreachable" {
                await onFailure(error)
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// To read, also beside a running server: takes no lock, changes no schema, makes no key.
    /// - Throws: when there is no database yet, or its schema is not this program's.
    func openToRead() async throws -> OpenStore {
        guard configuration.database.mayExist else { throw PuenteError.noDatabaseYet(configuration.database) }
        do {
            let engine = try Engine.open(configuration.database, log: log)
            return try await closing(engine) {
                try requireCurrent(schema: try await engine.database.schemaNumber())
                let keys = try await keys(for: engine.database, mayMake: false)
                return OpenStore(store: store(on: engine, keys), engine: engine, lock: nil, migration: nil)
            }
        } catch {
            throw explained(error)
        }
    }

    /// To copy, also beside a running server: the keys stay where they are, and nothing encrypted can be read.
    /// - Throws: when there is no database yet, or its schema is not this program's.
    func openWithoutKeys() async throws -> Engine {
        guard configuration.database.mayExist else { throw PuenteError.noDatabaseYet(configuration.database) }
        do {
            let engine = try Engine.open(configuration.database, log: log)
            do {
                try requireCurrent(schema: try await engine.database.schemaNumber())
                return engine
            } catch {
                await engine.database.close()
                throw error
            }
        } catch {
            throw explained(error)
        }
    }

    /// The key ring that opens what the database holds.
    ///
    /// A file is made only for a database that holds nothing encrypted: a new key in place of a lost one would hide the
    /// loss. In a database without ciphertexts, reading goes on with a key that nobody keeps.
    func keys(for database: any SQLDatabase, mayMake: Bool) async throws -> KeyRing {
        let secrets = SealedSecrets(database)
        let file = KeyRingFile(path: configuration.keyFile)
        do {
            let keys = try file.read()
            try await secrets.verify(with: keys)
            return keys
        } catch let error as PuenteError where error.detail == "key_ring_missing" {
            guard try await secrets.census().total == 0 else { throw error }
            return mayMake ? try file.make() : try KeyRing.generate()
        }
    }

    private func takeLock(_ holder: String) throws(PuenteError) -> DatabaseLock? {
        guard case .sqlite(let path) = configuration.database else { return nil }
        return try DatabaseLock.take(beside: path, holder: holder)
    }

    private func store(on engine: Engine, _ keys: KeyRing) -> Store {
        // Node 0 is never leased: ids of commands do not meet those of a running server, which adopts its own number.
        Store(
            database: engine.database, ids: IDGenerator(node: 0, now: now), keys: keys, now: now,
            canonicalPhone: { WhatsAppNumber.canonical($0) }, kindOfNumber: { PhoneNumber.kind(of: $0) },
            days: .of(configuration.workspace.timeZone))
    }

    private func requireCurrent(schema: Int) throws(PuenteError) {
        guard schema != Migrator.newestSchema else { return }
        if schema == 0 { throw .noDatabaseYet(configuration.database) }
        throw PuenteError(
            .conflict, detail: "schema",
            en:
                "The database has schema \(schema), this program knows \(Migrator.newestSchema): use the release that serves it.",
            es:
                "La base de datos tiene el esquema \(schema) y este programa conoce el \(Migrator.newestSchema): use la misma versión que el servidor."
        )
    }

    private func closing(
        _ engine: Engine, _ work: () async throws -> OpenStore
    ) async throws -> OpenStore {
        do {
            return try await work()
        } catch {
            await engine.database.close()
            throw error
        }
    }

    /// Says which database it was.
    private func explained(_ error: any Error) -> any Error {
        guard case SQLError.unavailable(let reason) = error else { return error }
        return PuenteError(
            .unavailable, detail: "database_unreachable",
            en: "The database \(configuration.database) cannot be reached: \(reason).",
            es: "No se puede acceder a la base de datos \(configuration.database): \(reason).")
    }
}

/// An open store, with what has to be given back.
struct OpenStore: Sendable {
    let store: Store
    let engine: Engine
    let lock: DatabaseLock?
    /// Nil when it was opened to read.
    let migration: Migrator.Report?

    /// Nobody else can be on this database.
    var isAlone: Bool {
        switch engine {
        case .sqlite: true
        case .postgres: false
        }
    }

    func close() async {
        await engine.database.close()
        lock?.release()
    }
}

extension PuenteError {
    static func noDatabaseYet(_ database: DatabaseAddress) -> PuenteError {
        PuenteError(
            .notFound, detail: "no_database",
            en: "There is no database at \(database) yet: \"puente serve\" makes it at its first start.",
            es: "Todavía no hay base de datos en \(database): «puente serve» la crea en el primer arranque.")
    }
}

extension Logger {
    /// For commands, which speak for themselves.
    static let silent = Logger(label: "puente.command") { _ in SwiftLogNoOpLogHandler() }
}
