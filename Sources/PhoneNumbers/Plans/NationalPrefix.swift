/// What people dial before a number inside their country, and what it stands for.
///
/// Mostly a zero that falls away. In some plans a carrier's code follows it (Brazil), or the prefix stands for digits of
/// the number itself (Argentina's 15 for the 9 of mobiles, the area code of an island).
struct NationalPrefix: Sendable {
    private let pattern: DigitPattern
    private let rule: [RulePart]

    /// With them, and one group, the longest text that is read stays below ``DigitString/capacity``.
    private static let maxRuleDigits = 6

    /// What a rule such as "9$1" or "268\1" is made of.
    private enum RulePart: Sendable {
        case digits(DigitString)
        case group(Int)

        var isGroup: Bool {
            if case .group = self { true } else { false }
        }
    }

    /// - Throws: when the rule holds more than digits and groups.
    init(_ pattern: DigitPattern, rule: String) throws(UnknownPattern) {
        self.pattern = pattern
        self.rule = try Self.parts(of: rule)
    }

    /// The number without its prefix; the number itself when it has none, or when it only seems to have one: it is a
    /// number of the plan as it stands and would be none without.
    func strip(from number: DigitString, of plan: NumberPlan) -> DigitString {
        guard !number.isEmpty, let match = pattern.matchPrefix(of: number) else { return number }
        let rest = number.dropFirst(match.length)
        let isReplaced = !rule.isEmpty && pattern.groupCount > 0 && match.captures[pattern.groupCount - 1] != nil
        let stripped = isReplaced ? replaced(number, match.captures) + rest : rest
        return plan.resembles(number) && !plan.resembles(stripped) ? number : stripped
    }

    private func replaced(_ number: DigitString, _ captures: DigitCaptures) -> DigitString {
        rule.reduce(DigitString()) { result, part in
            switch part {
            case .digits(let digits): result + digits
            case .group(let group): captures[group].map { result + number[$0] } ?? result
            }
        }
    }

    private static func parts(of rule: String) throws(UnknownPattern) -> [RulePart] {
        var parts: [RulePart] = []
        var bytes = Substring(rule).utf8
        while let byte = bytes.popFirst() {
            guard parts.count <= maxRuleDigits else { throw UnknownPattern() }
            if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\") {
                guard let group = bytes.popFirst().flatMap(digit), group > 0, !parts.contains(where: \.isGroup)
                else { throw UnknownPattern() }
                parts.append(.group(group - 1))
            } else {
                guard let digit = digit(byte) else { throw UnknownPattern() }
                parts.append(.digits(DigitString(digit)))
            }
        }
        return parts
    }

    private static func digit(_ byte: UInt8) -> Int? {
        guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else { return nil }
        return Int(byte - UInt8(ascii: "0"))
    }
}
