/// Ids of Salesforce's records: 15 characters in which case counts, and three more that say which are upper case.
///
/// The digits are in the order of their bytes, so that ids sort as texts in the order in which they were given.
/// Source: Salesforce, Object Reference, "Field types: ID".
enum SalesforceID {
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    private static let checks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)
    private static let pod = "5g0"
    private static let counterLength = 9
    /// The number 0 is not the first id: a simulated org is no new one.
    private static let firstNumber = 1_000_000

    /// - Parameter prefix: three characters that tell the type: `003` for contacts.
    static func text(prefix: String, number: Int) -> String {
        var counter: [UInt8] = []
        var rest = number + firstNumber
        for _ in 0..<counterLength {
            counter.append(digits[rest % 62])
            rest /= 62
        }
        let short = prefix + pod + String(decoding: counter.reversed(), as: UTF8.self)
        return short + suffix(short)
    }

    /// The number of a record's id, in either length; nil for what is no id of this type.
    static func number(of text: String, prefix: String) -> Int? {
        guard let full = full(text), full.hasPrefix(prefix + pod) else { return nil }
        var number = 0
        for byte in full.utf8.dropFirst(6).prefix(counterLength) {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            number = number * 62 + digit
        }
        return number >= firstNumber ? number - firstNumber : nil
    }

    /// The 18 characters of an id in either length; nil for what has another shape or a wrong end.
    static func full(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard [15, 18].contains(bytes.count), bytes.allSatisfy(digits.contains) else { return nil }
        let short = String(decoding: bytes.prefix(15), as: UTF8.self)
        let full = short + suffix(short)
        return bytes.count == 15 || full == text ? full : nil
    }

    /// One character for each five, whose bits say which of them are capital letters.
    private static func suffix(_ short: String) -> String {
        let bytes = Array(short.utf8)
        let characters = stride(from: 0, to: 15, by: 5).map { start -> UInt8 in
            var bits = 0
            for offset in 0..<5 where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[start + offset]) {
                bits |= 1 << offset
            }
            return checks[bits]
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
