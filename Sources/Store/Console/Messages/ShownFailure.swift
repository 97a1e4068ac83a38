package import Domain

/// Why something did not work, as the pages show it.
package struct ShownFailure: Equatable, Sendable {
    /// The vendor's code, or ours.
    package let code: String
    /// Nil for news of Meta's own in a status.
    package let kind: CallFailure.Kind?
    /// The vendor's text, for the operator.
    package let vendorText: String
    /// What happened and what to do; nil when only the error catalogue knows what the code means.
    package let advice: LocalizedText?
    /// Of a contact's record in a CRM: the field that is at fault.
    package let field: RefusedField?

    private init(
        code: String, kind: CallFailure.Kind?, vendorText: String, advice: LocalizedText?, field: RefusedField? = nil
    ) {
        self.field = field
        self.code = code
        self.kind = kind
        self.vendorText = vendorText
        self.advice = advice
    }

    init(_ failure: CallFailure) {
        self.init(
            code: failure.code, kind: failure.kind, vendorText: failure.vendorText, advice: failure.advice,
            field: failure.field)
    }

    init(_ failure: GraphFailure) {
        let text = [failure.title, failure.details].compactMap(\.self).joined(separator: ": ")
        self.init(code: String(failure.code), kind: nil, vendorText: text, advice: nil)
    }

    /// Reads a `failure` column: JSON of what a call came back with, of what a status said, or plain text.
    init(_ text: String) {
        if let failure = try? JSONText.decode(CallFailure.self, from: text) {  // The next shape is tried.
            self.init(failure)
        } else if let failure = try? JSONText.decode(GraphFailure.self, from: text) {  // The text itself is shown.
            self.init(failure)
        } else {
            self.init(code: "unknown", kind: nil, vendorText: text, advice: nil)
        }
    }
}

extension SQLRow {
    func failure(_ column: String) throws -> ShownFailure? {
        try get(column, as: String?.self).map { ShownFailure($0) }
    }
}
