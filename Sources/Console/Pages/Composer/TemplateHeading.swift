/// A template's heading as a text: at most one variable stands in it.
struct TemplateHeading {
    private let before: Substring
    private let after: Substring
    /// The variable's name, or "1"; nil when there is none.
    let variable: String?

    init(_ text: String) {
        guard let open = text.firstRange(of: "{{"), let close = text[open.upperBound...].firstRange(of: "}}") else {
            (before, after, variable) = (text[...], "", nil)
            return
        }
        before = text[..<open.lowerBound]
        after = text[close.upperBound...]
        variable = String(text[open.upperBound..<close.lowerBound].filter { !$0.isWhitespace })
    }

    func filled(with value: String) -> String {
        variable == nil ? String(before) : before + value + after
    }
}
