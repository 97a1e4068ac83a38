/// A field of ours and a field of the CRM that belong together.
package struct MappingRow: Equatable, Sendable {
    package static let maxRemoteName = 120
    package static let maxFallback = 500

    package var local: LocalField
    /// The CRM's own name of its field: `mobilephone`, `WhatsApp_Id__c`.
    package var remote: String
    package var direction: SyncDirection
    package var rule: SyncRule
    /// One after the other towards the CRM, the other way round from there.
    package var transforms: [FieldTransform]
    /// What the CRM gets where Puente says nothing.
    package var fallback: String?
    /// Switched off: kept, and left alone.
    package var isOn: Bool

    package init(
        local: LocalField, remote: String, direction: SyncDirection, rule: SyncRule, transforms: [FieldTransform] = [],
        fallback: String? = nil, isOn: Bool = true
    ) {
        self.local = local
        self.remote = remote
        self.direction = direction
        self.rule = rule
        self.transforms = transforms
        self.fallback = fallback
        self.isOn = isOn
    }

    /// Ours, as the CRM is to hold it; nil where there is nothing to write, or it cannot be written this way.
    package func forth(_ text: String, _ context: TransformContext) -> String? {
        guard let text = rewritten(text, context), !text.isEmpty else { return fallback }
        return text
    }

    /// Ours after the transforms: blank where nothing is said, nil where it cannot be written this way.
    package func rewritten(_ text: String, _ context: TransformContext) -> String? {
        var text = text
        // Of nothing comes nothing, but that a template stands on other fields.
        for transform in transforms where !text.isEmpty || transform.standsAlone {
            guard let next = transform.forth(text, context) else { return nil }
            text = next
        }
        return text
    }

    /// The CRM's, as we are to hold it; nil where it says nothing, or cannot be read this way.
    package func back(_ text: String, _ context: TransformContext) -> String? {
        guard !text.isEmpty, text != fallback else { return nil }
        var text = text
        for transform in transforms.reversed() {
            guard let next = transform.back(text, context) else { return nil }
            text = next
        }
        return text
    }
}

extension FieldTransform {
    fileprivate var standsAlone: Bool { if case .template = self { true } else { false } }
}
