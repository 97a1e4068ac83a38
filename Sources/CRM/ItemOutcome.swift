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

    /// It failed for a field that the CRM does not have.
    var isUnknownField: Bool {
        if case .failed(let failure) = self { failure.code == CallFailure.RecordCode.unknownField } else { false }
    }
}

extension [ContactUpsert] {
    /// The names of the fields that mappings write.
    var mappedNames: Set<String> { reduce(into: []) { $0.formUnion($1.fields.keys) } }
}
