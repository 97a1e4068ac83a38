package import Domain

/// What a CRM's webhook says. Arrives late, twice and in any order.
package enum RemoteHint: Equatable, Sendable {
    /// Read it again. `isOurs`: the CRM says that our own integration made the change.
    case contactChanged(id: String, at: Timestamp?, isOurs: Bool)
    case contactDeleted(id: String)
    /// Deleted for privacy. The link goes; whether our copy goes, too, an administrator decides.
    case contactErased(id: String)
    /// `ids` live on in `into`, which may be a new id.
    case contactMerged(ids: [String], into: String)
    /// The whole record, from a system that cannot be read from.
    case contactGiven(RemoteContact)
    /// The same of somebody who is to be made where they are not here yet.
    case contactIntroduced(RemoteContact)
    /// An agent or a workflow in the CRM writes to a customer.
    case sendMessage(SendCommand)
    /// Somebody in the CRM did something to a message: `read` marks it as read on WhatsApp.
    case statusUpdate(messageID: String, status: MessageStatus)
    /// One of several events that cannot be carried out: its sender is told why, and its neighbours are not held up.
    case unusable(PuenteError)
    /// Nothing that this version acts upon; only the log of the level debug names it.
    case ignored(type: String)
}
