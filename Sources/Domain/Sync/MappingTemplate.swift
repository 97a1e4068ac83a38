/// A text with variables: `{{first_name}} ({{phone|unknown}})`. A variable that says nothing leaves its fallback, or no trace.
/// A fallback may name variables in its turn, `{{last_name|profile_name|unknown}}`: the first that says something counts.
package struct MappingTemplate: Equatable, Sendable {
    package enum Piece: Equatable, Sendable {
        case text(String)
        case variable(String, fallback: String)
    }

    package let pieces: [Piece]

    package init(_ text: String) {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            if open.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<open.lowerBound]))) }
            let parts = rest[open.upperBound..<close.lowerBound].split(
                separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts.first.map { String($0).tidied } ?? ""
            pieces.append(.variable(name, fallback: parts.count > 1 ? String(parts[1]).tidied : ""))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    /// The names that it asks for, as they are written.
    package var variables: [String] {
        pieces.compactMap { if case .variable(let name, _) = $0 { name } else { nil } }
    }

    /// Every word that may name a field: those it asks for, and those that stand in for them.
    package var words: [String] {
        pieces.flatMap { piece -> [String] in
            guard case .variable(let name, let fallback) = piece else { return [] }
            return [name] + Self.words(of: fallback)
        }
    }

    /// - Parameter variable: nil for an unknown name, empty for what says nothing.
    /// - Returns: nil where nothing but fixed text is left, or a name is unknown: half a sentence helps nobody.
    package func filled(_ variable: (String) -> String?) -> String? {
        var (text, isFilled) = ("", variables.isEmpty)
        for piece in pieces {
            switch piece {
            case .text(let fixed): text += fixed
            case .variable(let name, let fallback):
                guard let value = variable(name) else { return nil }
                let said = value.isEmpty ? Self.instead(fallback, variable) : value
                isFilled = isFilled || !said.isEmpty
                text += said
            }
        }
        return isFilled ? text : nil
    }

    /// The same, blank where all names are known and none of them says anything.
    func said(_ variable: (String) -> String?) -> String? {
        filled(variable) ?? (variables.allSatisfy { variable($0) != nil } ? "" : nil)
    }

    private static func words(of fallback: String) -> [String] {
        fallback.split(separator: "|").map { String($0).tidied }
    }

    /// A word that names no variable stands for itself.
    private static func instead(_ fallback: String, _ variable: (String) -> String?) -> String {
        for word in words(of: fallback) {
            guard let value = variable(word) else { return word }
            if !value.isEmpty { return value }
        }
        return ""
    }
}
