import Domain

extension Connector {
    /// The ids of the records that may be the erased person's and that no link tells: those that have our id.
    func unlinkedRecords(of erasure: ContactErasure) async throws(CallFailure) -> [String] {
        var found: [String] = []
        for id in [erasure.puenteID] + erasure.formerPuenteIDs {
            found += try await findContacts(ContactLookup(puenteID: id)).map(\.id)
        }
        return found
    }
}

extension [ContactErasure] {
    /// Tells of one after the other: what fails one need not fail the others.
    func outcomes(
        of tell: (ContactErasure) async throws(CallFailure) -> Void
    ) async throws(CallFailure) -> [ItemOutcome] {
        var outcomes: [ItemOutcome] = []
        for erasure in self {
            do throws(CallFailure) {
                try await tell(erasure)
                outcomes.append(.done(remoteID: erasure.remoteIDs.first ?? erasure.puenteID))
            } catch {
                outcomes.append(.failed(error))
            }
        }
        return try outcomes.unlessAllFailedAlike()
    }
}
