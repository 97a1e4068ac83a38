/// Sizes as people write them: `4096`, `64KB`, `3MB`, `2GB`; a KB has 1,024 bytes.
enum ByteCount {
    private static let units: [(String, Int)] = [("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10), ("B", 1)]

    /// Nil for anything else and for what no machine has.
    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let unit = text[digits.endIndex...].drop { $0 == " " }.uppercased()
        guard let count = Int(digits), let size = unit.isEmpty ? 1 : units.first(where: { $0.0 == unit })?.1 else {
            return nil
        }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        return overflow ? nil : bytes
    }

    /// In the largest unit that fits without a rest.
    static func text(_ bytes: Int) -> String {
        guard bytes > 0, let (unit, size) = units.first(where: { bytes % $0.1 == 0 }) else { return "\(bytes)" }
        return "\(bytes / size)\(unit)"
    }
}
