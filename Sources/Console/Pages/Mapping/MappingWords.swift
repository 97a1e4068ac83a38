import Domain

/// The words of a mapping's parts.
struct MappingWords {
    private let context: PageContext

    init(_ context: PageContext) {
        self.context = context
    }

    func direction(_ direction: SyncDirection) -> String { context.words("mapping.direction.\(direction.rawValue)") }
    func rule(_ rule: SyncRule) -> String { context.words("mapping.rule.\(rule.rawValue)") }
    func transform(_ kind: TransformKind) -> String { context.words("mapping.transform.\(kind.word)") }

    /// "CRM wins · phone: +34600111222 · else “unknown”"
    func summary(of row: MappingRow) -> String {
        let fallback = row.fallback.map { context.words("mapping.fallbackShort", ["text": Self.cut($0)]) }
        return ([rule(row.rule)] + row.transforms.map(text(of:)) + [fallback].compactMap(\.self)).joined(
            separator: " · ")
    }

    private func text(of transform: FieldTransform) -> String {
        let name = self.transform(TransformDraft(transform).kind)
        return switch transform {
        case .letters, .phone, .date: name
        case .choices(let table, _): "\(name) (\(table.count))"
        case .part(let number, let separator): "\(name): \(number), “\(separator)”"
        case .template(let text): "\(name): \(Self.cut(text))"
        }
    }

    /// "text, required, read only"
    func kind(of field: RemoteField) -> String {
        let parts = [
            field.shape.title[context.language], field.isRequired ? context.words("mapping.required") : nil,
            field.isWritable ? nil : context.words("mapping.readOnly"),
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    /// A piece of a long text tells enough.
    static func cut(_ text: String, to limit: Int = 80) -> String {
        text.count > limit ? "\(text.prefix(limit))…" : text
    }
}
