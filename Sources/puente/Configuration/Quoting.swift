import Domain

/// Values in sentences.
enum Quoting {
    /// A value as it may be shown: short, on one line. Never for secrets.
    static func clipped(_ text: String) -> String {
        let line = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }.filter { !isControl($0) })
        return line.count > 60 ? "\(line.prefix(60))…" : line
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.value < 32 || (0x7f...0x9f).contains($0.value) }
    }
}
