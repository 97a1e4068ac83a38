package import Domain
package import Secrets

/// Every ciphertext in the database: for making, checking and rotating the key file.
package struct SealedSecrets: Sendable {
    /// How many there are, and which key each was sealed with.
    package struct Census: Equatable, Sendable {
        package var byKey: [String: Int] = [:]

        package var total: Int { byKey.values.reduce(0, +) }
    }

    private struct Place: Sendable {
        let table: String
        let column: String
        let isScoped: Bool
    }

    /// A column that holds ciphertext has to be named here: else a rotation would leave it behind.
    private static let places = [
        Place(table: "app", column: "secret", isScoped: false),
        Place(table: "app", column: "previous_secret", isScoped: false),
        Place(table: "app", column: "verify_token", isScoped: false),
        Place(table: "number", column: "access_token", isScoped: true),
        Place(table: "connection", column: "secrets", isScoped: true),
        Place(table: "erasure", column: "traces", isScoped: true),
        Place(table: "webhook_endpoint", column: "secret", isScoped: true),
        Place(table: "webhook_endpoint", column: "previous_secret", isScoped: true),
    ]

    private let database: any SQLDatabase

    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    /// Needs no key.
    package func census() async throws -> Census {
        try await database.read(on: .work) { connection in
            try Self.all(connection).reduce(into: Census()) { census, secret in
                census.byKey[secret.keyID, default: 0] += 1
            }
        }
    }

    /// Opens every one.
    /// - Throws: the sentence with the remedy for the first that these keys do not open.
    package func verify(with keys: KeyRing) async throws {
        let vault = Vault(keys)
        try await database.read(on: .work) { connection in
            for secret in try Self.all(connection) {
                _ = try vault.open(secret.sealed, for: secret.context)
            }
        }
    }

    /// Seals anew what an earlier key sealed, in one transaction.
    /// - Returns: how many.
    package func reseal(with keys: KeyRing) async throws -> Int {
        let vault = Vault(keys)
        return try await database.write(on: .work) { connection in
            let stale = try Self.all(connection).filter { vault.isStale($0.sealed) }
            for secret in stale {
                let sealed = try vault.seal(try vault.open(secret.sealed, for: secret.context), for: secret.context)
                try connection.execute(
                    "UPDATE \(secret.place.table) SET \(secret.place.column) = :sealed WHERE id = :id",
                    ["sealed": sealed, "id": secret.row])
            }
            return stale.count
        }
    }

    private struct StoredSecret {
        let place: Place
        let row: Int64
        let workspace: Int64?
        let sealed: String

        var context: SealContext {
            SealContext(table: place.table, column: place.column, row: row, workspace: workspace)
        }

        /// The part between the first two points; the whole text when it is none of ours.
        var keyID: String {
            let parts = sealed.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
            return parts.count == 3 ? String(parts[1]) : "?"
        }
    }

    private static func all(_ connection: any SQLConnection) throws -> [StoredSecret] {
        try places.flatMap { place in
            try connection.rows(
                """
                SELECT id, \(place.isScoped ? "workspace_id" : "NULL") AS workspace_id, \(place.column) AS sealed
                FROM \(place.table) WHERE \(place.column) IS NOT NULL ORDER BY id
                """, [:]
            ).map { row in
                StoredSecret(
                    place: place, row: try row.get("id"),
                    workspace: place.isScoped ? try row.get("workspace_id", as: Int64.self) : nil,
                    sealed: try row.get("sealed"))
            }
        }
    }
}
