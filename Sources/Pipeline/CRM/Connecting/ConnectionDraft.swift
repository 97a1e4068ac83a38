package import Domain

/// A CRM account as it was typed: read and checked before anything is kept.
package struct ConnectionDraft: Sendable {
    package let kind: ConnectorKind
    /// Without those that were left empty, and without spaces around.
    package private(set) var values: [ConnectionField: String]
    /// Secrets that are not to be kept any longer. All others that were left empty stay as they are.
    package let dropped: Set<ConnectionField>

    /// - Parameters:
    ///   - values: those of other kinds are passed over.
    ///   - dropped: of these, only secrets count that may be missing.
    package init(
        _ kind: ConnectorKind, _ values: [ConnectionField: String], dropping dropped: Set<ConnectionField> = []
    ) {
        self.kind = kind
        self.dropped = dropped.intersection(kind.optionalSecrets)
        self.values = [:]
        for field in kind.formFields {
            guard let value = values[field].map({ $0.trimmingSpaces }), !value.isEmpty else { continue }
            self.values[field] = value
        }
    }

    package subscript(field: ConnectionField) -> String? { values[field] }

    /// The same, with what the code was exchanged for.
    func exchanged(for refreshToken: String) -> ConnectionDraft {
        var draft = self
        draft.values[.code] = nil
        draft.values[.refreshToken] = refreshToken
        return draft
    }
}

/// What is wrong with a draft, field by field.
package struct ConnectionProblems: Error, Equatable, Sendable {
    package var fields: [ConnectionField: LocalizedText]

    package init(_ fields: [ConnectionField: LocalizedText]) {
        self.fields = fields
    }
}

extension String {
    /// What people paste brings blanks and line ends along.
    fileprivate var trimmingSpaces: String {
        func isBlank(_ character: Character) -> Bool { character.isWhitespace || character.isNewline }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
