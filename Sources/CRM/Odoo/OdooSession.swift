import Synchronization

/// What was found out about a server and the key's user. Lasts until it is forgotten.
struct OdooSession: Equatable, Sendable {
    enum Interface: Equatable, Sendable { case json2, jsonRPC }

    let interface: Interface
    /// 16, 17, …
    let majorVersion: Int
    let uid: Int64
}

/// What the connector learned of an account, shared by its calls: facts about the server, nothing of the company's.
final class OdooMemory: Sendable {
    struct Facts: Sendable {
        var session: OdooSession?
        fileprivate var partnerFields = KeptFields<FieldBook>()
        /// The user may read and create rows of external ids, which Odoo gives to administrators alone ("Access
        /// Rights"). Others ask for one at a time.
        var mayUseExternalIDs = true
        /// `message_post` takes `date` and `message_id`.
        var takesDates = true
        /// The user has no e-mail address, so that its notes need a sender (up to 18).
        var namesSender = false

        /// The fields of `res.partner`; nil where they are to be read.
        var partnerBook: FieldBook? {
            get { partnerFields.known }
            set { partnerFields.known = newValue }
        }
        /// As they were read last.
        var lastPartnerBook: FieldBook? { partnerFields.last }
    }

    private let facts = Mutex(Facts())

    var known: Facts { facts.withLock { $0 } }

    func learn(_ change: @Sendable (inout Facts) -> Void) { facts.withLock { change(&$0) } }

    /// The next call finds out anew.
    func forget() {
        facts.withLock { facts in
            var fields = facts.partnerFields
            fields.known = nil
            facts = Facts()
            facts.partnerFields = fields
        }
    }
}
