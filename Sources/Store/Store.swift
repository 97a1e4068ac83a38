package import Domain
package import Secrets

/// Everything that Puente remembers. Offers transactions with a name, each of which keeps an invariant; they live in
/// the folders beside this file, by what they are about.
package struct Store: Sendable {
    package let database: any SQLDatabase
    package let ids: IDGenerator
    package let vault: Vault
    /// Recognises messages that were pruned long ago.
    package let seen: KeyedHash
    /// Signs the places where lists go on, for those who are strangers.
    package let cursors: KeyedHash
    /// Tells whether accounts were changed.
    let accounts: KeyedHash
    /// Recognises the handles of people who were erased.
    let erased: KeyedHash
    /// Recognises what a CRM's record said when it was last read.
    let remoteContacts: KeyedHash
    package let now: @Sendable () -> Timestamp
    /// Gives all national variants of a number that reach one WhatsApp account the same digits.
    package let canonicalPhone: @Sendable (String) -> String
    /// What a number is used for: of its digits as handles know them.
    package let kindOfNumber: @Sendable (String) -> PhoneNumberKind
    /// By which the days of conditions are counted.
    package let days: LocalDays

    package init(
        database: any SQLDatabase, ids: IDGenerator, keys: KeyRing, now: @escaping @Sendable () -> Timestamp,
        canonicalPhone: @escaping @Sendable (String) -> String,
        kindOfNumber: @escaping @Sendable (String) -> PhoneNumberKind = { _ in .unknown }, days: LocalDays = .utc
    ) {
        self.database = database
        self.ids = ids
        self.vault = Vault(keys)
        self.seen = KeyedHash(keys, use: "seen messages")
        self.cursors = KeyedHash(keys, use: "list cursors")
        self.accounts = KeyedHash(keys, use: "accounts")
        self.erased = KeyedHash(keys, use: "erased handles")
        self.remoteContacts = KeyedHash(keys, use: "remote contacts")
        self.now = now
        self.canonicalPhone = canonicalPhone
        self.kindOfNumber = kindOfNumber
        self.days = days
    }
}
