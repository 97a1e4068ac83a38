import Domain

/// Somebody who is erased, as people may have typed them to find them. Folded once, for many notes. Rather one too many is
/// forgotten.
package struct SoughtPerson: Sendable {
    private static let shortestNumber = 3
    /// So many digits tell a number from others, whatever was dialled before them.
    private static let tellingNumber = 5
    /// A number without its country's code.
    private static let nationalNumber = 8
    /// In front of a number at home, after the zero: "044", "045".
    private static let longestPrefix = 3
    /// So many letters of a name tell somebody, whatever stands beside them.
    private static let tellingWord = 5

    let erasure: ErasureID
    private let names: [String]
    private let numbers: [String]

    /// - Parameter writings: how else a number is written, at home and abroad; anything but digits is passed over.
    package init(_ erasure: OpenErasure, writings: (String) -> [String]) {
        self.init(
            erasure.id, names: erasure.traces.names, identifiers: erasure.traces.identifiers, writings: writings)
    }

    init(_ erasure: ErasureID, names: [String], identifiers: [String], writings: (String) -> [String]) {
        self.erasure = erasure
        self.names = (names + identifiers).map(\.searchable)
        let numbers = identifiers.flatMap { [$0] + writings($0) }.map(Self.digits)
        self.numbers = Set(numbers).filter { $0.count > Self.shortestNumber }.sorted()
    }

    /// - Parameter query: folded.
    func mayBeSought(by query: String) -> Bool {
        isNumber(in: query) || isName(in: query)
    }

    // MARK: Numbers

    /// Digits with a letter between them are two numbers.
    private func isNumber(in query: String) -> Bool {
        query.split(whereSeparator: \.isLetter).contains { isNumber(Self.digits(String($0))) }
    }

    private func isNumber(_ digits: String) -> Bool {
        guard digits.count >= Self.shortestNumber else { return false }
        if Self.dialled(digits).contains(where: { part in numbers.contains { $0.contains(part) } }) { return true }
        return numbers.contains { number in
            number.count >= Self.nationalNumber
                && (digits.contains(number) || digits.hasSuffix(number.suffix(Self.nationalNumber)))
        }
    }

    /// A number as it was typed, and without what is dialled in front of it: zeros, and a prefix that begins with one.
    private static func dialled(_ digits: String) -> [String] {
        let bare = String(digits.drop { $0 == "0" })
        var parts = [digits]
        guard bare.count < digits.count else { return parts }
        if bare.count >= shortestNumber { parts.append(bare) }
        for dropped in 2...longestPrefix where digits.count - dropped >= tellingNumber {
            parts.append(String(digits.dropFirst(dropped)))
        }
        return parts
    }

    /// ASCII's, also of those that other scripts write.
    private static func digits(_ text: String) -> String {
        text.compactMap { $0.wholeNumberValue.flatMap { $0 < 10 ? "\($0)" : nil } }.joined()
    }

    // MARK: Names

    private func isName(in query: String) -> Bool {
        let words = query.split { !$0.isLetter && !$0.isNumber }
        guard !words.isEmpty else { return false }
        return names.contains { name in
            words.allSatisfy { name.contains($0) }
                || words.contains { $0.count >= Self.tellingWord && name.contains($0) }
        }
    }
}
