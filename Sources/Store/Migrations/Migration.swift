/// One step of the schema. Numbered, append-only: a migration that was released is never changed.
struct Migration: Sendable {
    let number: Int
    let name: String
    /// The oldest program whose schema number may still serve a database that has this migration:
    /// expand in one release, contract in the next.
    let oldestCompatible: Int
    /// The statements, in order, for one engine.
    let statements: @Sendable (SQLDialect) -> [String]

    static let all: [Migration] = [
        initial, mediaIndexes, firstContacts, longBodies, housekeeping, remotePages, recordTimes, newsTimes,
        people, contactSearch, imports, duplicates, segments, dataRights, recordOwners, numbers, labelRules,
        unreadableNumbers, searchNotes, contactIndexes, syncing, pushChannels, webhooks, backfills, connectionOrigins,
        putBacks, unreadNumbersIndex, syncWaiting,
    ]

    static var newest: Int { all.last?.number ?? 0 }
}
