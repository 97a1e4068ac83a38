/// What a CRM can do, since no two agree.
package struct ConnectorCapabilities: Equatable, Sendable {
    package enum ActivityWrites: Equatable, Sendable {
        /// A repeated write is recognised and changes nothing.
        case idempotent
        /// A write without an answer can be looked for by our marker, once the CRM's index had this long to see it.
        case findable(indexDelay: Duration)
        /// Nobody can tell whether it was written.
        case appendOnly
    }

    /// Contacts are upserted by `puente_id`, so that creating one twice is impossible.
    package let upsertKey: Bool
    /// Existing contacts can be looked up by their handles.
    package let findsContacts: Bool
    package let push: Bool
    /// Its webhooks are signed, so that what they say may be acted on. Otherwise they are told by a word that both know, which
    /// others may come to know: then they say no more than which record to read again.
    package let isPushVerifiable: Bool
    /// `changes` tells what changed; false where changes come by push only.
    package let changesByPull: Bool
    package let deletionsByPull: Bool
    package let maxContactBatch: Int
    /// People that are looked for at once, so that their batch is not held up for long.
    package var maxLookups = 5
    package let maxActivityBatch: Int
    package let activityWrites: ActivityWrites
    /// It takes fields under any name, and describes none but those of its contract: a mapping may name others.
    package var takesAnyField = false
}
