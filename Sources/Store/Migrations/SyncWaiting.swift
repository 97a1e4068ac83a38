extension Migration {
    /// Each message of a linked customer asks whether they wait to be told to the CRM already. On SQLite that looked through
    /// all who wait.
    static let syncWaiting = Migration(
        number: 28, name: "look for one contact among those who wait", oldestCompatible: 1
    ) {
        SyncTriggers($0).replacements
    }
}
