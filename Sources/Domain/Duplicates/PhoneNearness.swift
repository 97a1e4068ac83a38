/// How two phone numbers that differ are alike, as far as a slip of somebody's fingers makes them so.
package enum PhoneNearness: String, Equatable, Sendable {
    /// One is the other without its country code.
    case withoutCountry
    /// One digit is another.
    case oneDigit
    /// Two neighbouring digits changed places.
    case transposed
    /// One digit is missing or too many.
    case missingDigit
    /// The last eight digits are the same.
    case ending

    /// Numbers shorter than this say nothing.
    private static let shortest = 7
    private static let endingLength = 8

    /// - Parameters: digits only. Nil when they are equal, or not alike.
    package static func between(_ first: String, _ second: String) -> PhoneNearness? {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        guard min(first.count, second.count) >= shortest, first != second else { return nil }
        if lacksCountry(first, second) || lacksCountry(second, first) { return .withoutCountry }
        if first.count == second.count, let slip = slip(first, second) { return slip }
        if abs(first.count - second.count) == 1, isOneLonger(first, second) { return .missingDigit }
        return first.suffix(endingLength) == second.suffix(endingLength) ? .ending : nil
    }

    /// A national number has at least eight digits, a country code at most three; people write zeros in front of it.
    private static func lacksCountry(_ short: [UInt8], _ long: [UInt8]) -> Bool {
        let national = short.drop { $0 == UInt8(ascii: "0") }
        guard national.count >= 8, (1...3).contains(long.count - national.count) else { return false }
        return long.suffix(national.count) == national
    }

    private static func slip(_ first: [UInt8], _ second: [UInt8]) -> PhoneNearness? {
        let places = first.indices.filter { first[$0] != second[$0] }
        if places.count == 1 { return .oneDigit }
        guard places.count == 2, places[1] == places[0] + 1 else { return nil }
        let isSwapped = first[places[0]] == second[places[1]] && first[places[1]] == second[places[0]]
        return isSwapped ? .transposed : nil
    }

    private static func isOneLonger(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        let (short, long) = first.count < second.count ? (first, second) : (second, first)
        let place = zip(short, long).prefix { $0 == $1 }.count
        return short.dropFirst(place) == long.dropFirst(place + 1)
    }
}
