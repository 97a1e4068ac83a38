package import Domain

/// That a person was erased in Puente: whom it was about, by ids alone.
package struct ContactErasure: Equatable, Sendable {
    /// Our contact id, 13 characters: the upsert key.
    package var puenteID: String
    /// Those of contacts that had been merged into it.
    package var formerPuenteIDs: [String]
    /// The CRM's ids of the records that we were linked with.
    package var remoteIDs: [String]
    /// The company wishes that its CRM forgets the person, too, where it can.
    package var isDeletionWished: Bool
    package var at: Timestamp
    /// Our job's id, 13 characters: marks what is written about it, so that a repeat finds it.
    package var occasion: String

    package init(
        puenteID: String, formerPuenteIDs: [String] = [], remoteIDs: [String], isDeletionWished: Bool, at: Timestamp,
        occasion: String
    ) {
        self.puenteID = puenteID
        self.formerPuenteIDs = formerPuenteIDs
        self.remoteIDs = remoteIDs
        self.isDeletionWished = isDeletionWished
        self.at = at
        self.occasion = occasion
    }
}
