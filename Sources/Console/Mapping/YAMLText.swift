/// Writes the little YAML that a mapping needs. Texts stand bare where every reader takes them for texts, else in double
/// quotes, whose escapes are JSON's.
enum YAMLText {
    /// What some reader takes for something else than a text.
    private static let notTexts: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ]

    static func scalar(_ text: String) -> String {
        isBare(text) ? text : quoted(text)
    }

    /// JSON leaves as it is what YAML takes for the end of a line, or for no text at all.
    private static func quoted(_ text: String) -> String {
        JSONWriter.text(.string(text)).unicodeScalars.map { scalar in
            guard isForbidden(scalar) else { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    /// Ends a line for YAML, or is nothing that it reads.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7f...0x9f, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff: true
        default: false
        }
    }

    private static func isBare(_ text: String) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter, text.count <= 60, text.last != ":" else {
            return false
        }
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_:.".contains($0)) }
        return isPlain && !notTexts.contains(text.lowercased())
    }

    /// One line of a comment.
    static func comment(_ text: String) -> String {
        String(
            text.map { $0.isNewline ? " " : $0 }.filter { character in
                character.unicodeScalars.allSatisfy { $0.value >= 0x20 && !isForbidden($0) }
            })
    }

    /// A key with its value; a list of flat objects is written below it.
    static func lines(_ name: String, _ value: JSONValue, indent: String) -> [String] {
        switch value {
        case .array(let values):
            let below = String(repeating: " ", count: indent.count) + "  - "
            return ["\(indent)\(name):"]
                + values.flatMap { element -> [String] in
                    guard case .object(let object) = element else { return [] }
                    let pairs = object.fields.map { "\($0.name): \(inline($0.value))" }
                    return ["\(below){\(pairs.joined(separator: ", "))}"]
                }
        default: return ["\(indent)\(name): \(inline(value))"]
        }
    }

    /// Inside braces some readers take a colon for the end of a key.
    private static func inline(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text.contains(":") ? quoted(text) : scalar(text) }
        return JSONWriter.text(value)
    }
}
