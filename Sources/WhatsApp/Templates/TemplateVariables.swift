/// The variables in a template's text: `{{1}}`, `{{2}}`, … or `{{first_name}}`.
struct TemplateVariables: Equatable {
    /// Each once. Positional ones in the order of their numbers, which is the order of the values; named ones as they occur.
    let names: [String]
    let areNamed: Bool

    /// - Parameter isCode: the body of an authentication template, whose text Meta writes and may leave out: one code.
    init(_ text: String, isCode: Bool = false) {
        var found: [String] = []
        for piece in text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstRange(of: "}}") else { continue }
            let name = piece[..<end.lowerBound].filter { !$0.isWhitespace }
            if Self.isName(name), !found.contains(name) { found.append(name) }
        }
        let numbers = found.compactMap { Int($0) }
        areNamed = numbers.count < found.count
        if found.isEmpty, isCode {
            names = ["1"]
        } else {
            names = areNamed ? found : numbers.sorted().map(String.init)
        }
    }

    private static func isName(_ text: String) -> Bool {
        (1...512).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            }
    }
}
