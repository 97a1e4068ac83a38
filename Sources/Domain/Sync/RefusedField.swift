/// The field of a contact's record that a CRM does not let be written so, and why.
package struct RefusedField: Hashable, Codable, Sendable {
    /// Characters that are kept of a value.
    package static let maxValue = 1000

    package enum Rule: String, CaseIterable, Sendable {
        /// It must say something.
        case required
        /// Another record says the same, and only one may.
        case unique
        /// None of the words that it lists.
        case choice
        /// A text where a number is to stand, and the like.
        case kind
        case tooLong = "too_long"
        /// It names a record or a colleague, and there is none.
        case reference
        case readOnly = "read_only"
        /// A rule of the company's own.
        case validation
        /// There is no such field.
        case missing
        case other
    }

    /// The CRM's own name, by which it is written.
    package let name: String
    /// As people see it there; nil where nobody has said.
    package var label: String?
    package let rule: Rule
    /// What was to stand there; nil where only the CRM knows, and where nothing was.
    package var value: String?

    package init(name: String, label: String? = nil, rule: Rule, value: String? = nil) {
        self.name = name
        self.label = label
        self.rule = rule
        self.value = value
    }
}

extension RefusedField.Rule: Codable {
    /// A newer release may know more of them.
    package init(from decoder: any Decoder) throws {
        self = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .other
    }
}

extension CallFailure {
    /// With the label of the refused field in place of the CRM's own name, also in the advice.
    package func labelled(_ label: String) -> CallFailure {
        guard let field, !label.isEmpty else { return self }
        let advice = LocalizedText(
            en: advice.en.replacing("“\(field.name)”", with: "“\(label)”"),
            es: advice.es.replacing("«\(field.name)»", with: "«\(label)»"))
        var named = CallFailure(kind: kind, code: code, scope: scope, vendorText: vendorText, advice: advice)
        named.field = field
        named.field?.label = label
        return named
    }

    /// Whether a CRM said no for the same reason to the same value. Where it names the field its words do not count: they may
    /// name another record each time.
    package func isSameRefusal(as other: CallFailure) -> Bool {
        guard code == other.code else { return false }
        guard let field, let theirs = other.field else {
            return field == other.field && vendorText == other.vendorText
        }
        return (field.name, field.rule, field.value) == (theirs.name, theirs.rule, theirs.value)
    }
}
