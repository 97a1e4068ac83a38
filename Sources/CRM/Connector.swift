package import Domain
package import OutboundHTTP

/// One CRM account, whatever the product behind it: HubSpot, Salesforce, Zoho, Odoo, or the company's own system.
///
/// A connector keeps no state of the company's: what it returns is recorded by the caller. It classifies every failure
/// once; whoever calls it never sees an HTTP status. Items of a batch fail one by one: what is thrown holds for the
/// whole call, what belongs to an item is in its outcome.
package protocol Connector: Sendable {
    var kind: ConnectorKind { get }
    var capabilities: ConnectorCapabilities { get }
    /// Any URL of the destination.
    var probeURL: String { get }
    /// What the last answer said of the account's limits; nil while nothing was said.
    var headroom: RateHeadroom? { get }

    /// Tries every part of the connection in order, without writing data of the company's. Stops at a step whose
    /// failure makes the following ones meaningless.
    func check() async -> [CheckStep]

    /// Which version of the CRM's interface is spoken, and whether the CRM has it; nil from a system without versions.
    func versionStep() async -> CheckStep?

    /// Writes a contact that is nobody, reads it back and deletes it: the one step of a check that writes.
    func trialWrite(now: Timestamp) async -> CheckStep

    /// Makes a connection and no request, behind the guard that calls have: for the circuit, which asks every second.
    /// - Returns: why there is none; nil when there was one.
    func connectionFailure() async -> TransportFailure?

    /// A small call that is as much like those with activities as can be, and changes nothing: whether the system does
    /// its part. Asked every few seconds while it does not.
    func ping() async throws(CallFailure)

    /// Where people see the account and its contacts; nil for a system without pages that we know of.
    func pages() async throws(CallFailure) -> RemotePages?

    /// Creates what the account lacks, for example the field of the upsert key. Repeatable.
    /// - Returns: the names of what was created.
    func prepare() async throws(CallFailure) -> [String]

    /// The names of the contact fields that `prepare` makes where they are missing.
    var ownFields: Set<String> { get }

    /// The contact fields of the account that values can be read from or written to, read now, by their labels.
    func fields() async throws(CallFailure) -> [RemoteField]

    /// The people who work in the account, those who left too; nil from a system that takes any e-mail address for one.
    func users() async throws(CallFailure) -> [RemoteUser]?

    /// The e-mail addresses, in lower case, of those to whom a contact can be given, as they were read last; empty where
    /// they may not be read, nil from a system that takes any, and before somebody was looked for.
    var knownUsers: Set<String>? { get }

    /// What of a text would stand in a field, by the CRM's name of it, once it was written there: cut to its length, a choice
    /// or a language as it is listed. As it is while the account's fields were not read, and of what is no field.
    func held(_ text: String, by field: String) -> String

    /// A field of the account's contacts as it was described last; nil while the fields were not read.
    func knownField(_ name: String) -> RemoteField?

    /// The contacts that are this person for certain: each hit is confirmed here, handle by handle. More than one means
    /// that the CRM holds duplicates, and a person should decide. Merged records come back under the survivor's id,
    /// deleted ones not at all. Search indices lag: a record made seconds ago may be missing.
    func findContacts(_ lookup: ContactLookup) async throws(CallFailure) -> [RemoteContact]

    /// The same of several people, `maxLookups` of the capabilities at most, with as few calls as the CRM allows.
    /// - Returns: one result for each, in the order given. Where a call for all of them failed, all have its failure.
    func findContacts(ofEach lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>]

    /// One record as it is now, under its survivor's id when it was merged; nil when it is gone, and from a system that
    /// cannot be read from.
    /// - Parameter fields: names in the CRM, read besides what every contact is read with. Those that it does not have are
    ///   left out.
    func contact(remoteID: String, reading fields: [String]) async throws(CallFailure) -> RemoteContact?

    /// Many of them, in the vendor's batches, in no order: each that lives once, with the id that was asked for among the
    /// `mergedIDs` where it was merged. What is gone is left out, and so are losers of merges of which the CRM keeps no trace
    /// (Zoho, Odoo).
    func contacts(remoteIDs: [String], reading fields: [String]) async throws(CallFailure) -> [RemoteContact]

    /// Updates contacts whose remote id is known and upserts the others by `puente_id`. Repeatable. A value that does not
    /// fit its field, or a field that is not there, fails its contact alone: `field-value` and `field-unknown` of
    /// ``CallFailure/RecordCode``.
    /// - Returns: one outcome for each, in the order given; `done` carries the id under which the CRM knows it now.
    func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome]

    /// Says that people were erased in Puente, and deletes their records for good where that is wished and can be done.
    /// Repeatable; a record that is not there (any more) is as good as told.
    /// - Returns: one outcome for each, in the order given.
    func tellErasures(_ erasures: [ContactErasure]) async throws(CallFailure) -> [ItemOutcome]

    /// Writes new activities. Whether that may be repeated is said by `capabilities.activityWrites`.
    /// - Returns: one outcome for each, in the order given; `done` carries the id to update it under.
    func recordActivities(_ activities: [Activity]) async throws(CallFailure) -> [ItemOutcome]

    /// Brings recorded activities up to date, for example with a new status. Repeatable.
    func updateActivities(_ updates: [ActivityUpdate]) async throws(CallFailure) -> [ItemOutcome]

    /// Looks for activities whose recording had no answer, by our marker.
    ///
    /// Wait for the `indexDelay` of the capabilities since the attempt: before that, nil says nothing.
    /// - Returns: remote ids in the order given, nil for what is certainly not there.
    func findActivities(_ activities: [Activity]) async throws(CallFailure) -> [String?]

    /// One page of the contacts that changed. Pages overlap: the same record may come again, unchanged.
    /// - Parameters:
    ///   - cursor: what the page before gave; nil reads from the beginning of the account.
    ///   - fields: as of ``contact(remoteID:reading:)``.
    func changes(since cursor: String?, reading fields: [String]) async throws(CallFailure) -> ChangePage

    /// About how many contacts the account has; nil from a CRM that does not say at once.
    func contactCount() async throws(CallFailure) -> Int?

    /// The cursor that begins at a moment instead of at the beginning of the account.
    func cursor(from start: Timestamp) -> String

    /// One page of the ids of deleted contacts; the first for nil. The whole list is read each time.
    func deletions(after cursor: String?) async throws(CallFailure) -> DeletionPage

    /// The last day of a credential that is not renewed by itself; nil where it has no end, and from a CRM that does not say.
    func credentialEnd() async throws(CallFailure) -> CivilDate?

    /// Opens the channel through which the CRM tells of changes, or makes it last longer. Repeatable.
    /// - Parameter url: where the CRM is to call: the connection's address at our public one.
    /// - Returns: when to call this again, well before the channel lapses; nil from a CRM that needs nothing of the kind, and
    ///   where the connection has no secret to tell its calls by.
    func keepPush(to url: String, now: Timestamp) async throws(CallFailure) -> Timestamp?

    /// Ends that channel. One that is not there is as good as ended.
    func endPush() async throws(CallFailure)

    /// Looks at a webhook of which only the head is here: what cannot be this CRM's is turned away before its body is
    /// read. Whoever passes is still a stranger: ``readWebhook(_:)`` decides. By default everybody passes.
    /// - Parameter head: without its body.
    /// - Throws: `unauthorized`.
    func admitWebhook(_ head: WebhookRequest) throws(PuenteError)

    /// Verifies a webhook and says what it hints at. Hints are not facts: the record is read again.
    /// - Throws: `unauthorized` for a wrong, missing or old signature, `invalid` for a body that cannot be read.
    func readWebhook(_ request: WebhookRequest) throws(PuenteError) -> [RemoteHint]
}
