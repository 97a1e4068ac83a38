import Foundation

/// The variables in a text of a template: `{{1}}`, `{{2}}` … or `{{first_name}}` ….
struct TemplateVariables: Equatable, Sendable {
    let names: [String]
    /// Two variables with nothing between them: Meta rejects such a template.
    let areAdjacent: Bool
    let isAtEdge: Bool
    let isMalformed: Bool

    init(in text: String) {
        var names: [String] = []
        var rest = text[...]
        var lastEnd: String.Index?
        var adjacent = false
        var malformed = false
        while let open = rest.range(of: "{{") {
            guard let close = rest[open.upperBound...].range(of: "}}") else {
                malformed = true
                break
            }
            if let lastEnd, text[lastEnd..<open.lowerBound].allSatisfy(\.isWhitespace) { adjacent = true }
            let name = String(rest[open.upperBound..<close.lowerBound])
            if !names.contains(name) { names.append(name) }
            lastEnd = close.upperBound
            rest = rest[close.upperBound...]
        }
        self.names = names
        areAdjacent = adjacent
        isMalformed = malformed
        let bare = text.drop(while: \.isWhitespace)
        let endsWithVariable = lastEnd.map { text[$0...].allSatisfy(\.isWhitespace) } ?? false
        isAtEdge = bare.hasPrefix("{{") || endsWithVariable
    }

    var count: Int { names.count }

    var isPositional: Bool { names.allSatisfy { Int($0) != nil } }

    /// 1, 2, 3 … without gaps.
    var isSequential: Bool { Set(names.compactMap { Int($0) }) == Set(1..<(names.count + 1)) }
}
