package import Domain

/// What an operator should know of the server behind the database.
package struct PostgresHealth: Equatable, Sendable {
    /// For example 150018 for 15.18.
    package let version: Int
    /// Whether a COMMIT waits for a stand-by; without one a fail-over may lose what was answered "stored".
    package let replication: Replication

    package enum Replication: Equatable, Sendable {
        /// No stand-by is named: right for one server, not for a fail-over.
        case none
        /// Stand-bys are named, but this session's commits do not wait for them (`synchronous_commit` is "local").
        case notAwaited
        /// Commits wait. How many stand-bys are connected; nil when this user may not see it.
        case synchronous(connected: Int?)
    }

    /// What is missing for the promise to hold through a fail-over; nil when nothing is.
    package var warning: LocalizedText? {
        switch replication {
        case .synchronous(let connected) where connected != 0: nil
        case .synchronous:
            LocalizedText(
                en: "PostgreSQL waits for a stand-by and none is connected: commits will hang.",
                es: "PostgreSQL espera a una réplica y no hay ninguna conectada: las escrituras se quedarán en espera.")
        case .none:
            LocalizedText(
                en: """
                    PostgreSQL has no synchronous stand-by: if it fails over, messages that were already accepted may be \
                    lost. With Patroni, set synchronous_mode.
                    """,
                es: """
                    PostgreSQL no tiene réplica síncrona: si conmuta a otro servidor, pueden perderse mensajes ya \
                    aceptados. Con Patroni, active synchronous_mode.
                    """)
        case .notAwaited:
            LocalizedText(
                en: "synchronous_commit is \"local\": commits do not wait for the stand-by. Set it to \"on\".",
                es: "synchronous_commit es «local»: las escrituras no esperan a la réplica. Póngalo en «on».")
        }
    }
}

extension PostgresDatabase {
    /// Asks the server. Throws what a read throws when it does not answer.
    package func health() async throws -> PostgresHealth {
        try await read(on: .console) { connection in
            let row = try connection.row(
                """
                SELECT
                    CAST(current_setting('server_version_num') AS BIGINT) AS version,
                    current_setting('synchronous_standby_names') AS standbys,
                    current_setting('synchronous_commit') AS synchronous_commit,
                    (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')) AS connected,
                    pg_has_role('pg_monitor', 'USAGE') AS may_see_all
                """)
            guard let row else { throw SQLError.decoding("the server did not describe itself") }
            return PostgresHealth(version: try row.get("version"), replication: try .init(row))
        }
    }
}

extension PostgresHealth.Replication {
    fileprivate init(_ row: SQLRow) throws {
        if try row.get("standbys", as: String.self).isEmpty {
            self = .none
        } else if try row.get("synchronous_commit", as: String.self) == "local" {
            self = .notAwaited
        } else {
            self = .synchronous(connected: try row.get("may_see_all") ? try row.get("connected") : nil)
        }
    }
}
