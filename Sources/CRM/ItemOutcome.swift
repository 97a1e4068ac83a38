package import Domain

/// What became of one item of a batch.
package enum ItemOutcome: Equatable, Sendable {
    case done(remoteID: String)
    case failed(CallFailure)

    package var remoteID: String? {
        switch self {
        case .done(let remoteID): remoteID
        case .failed: nil
        }
    }
}
