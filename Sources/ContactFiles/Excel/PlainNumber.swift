/// Numbers without an exponent, as people write them.
enum PlainNumber {
    /// What a spreadsheet program keeps of a number.
    private static let significantDigits = 15
    private static let maxDigits = 40

    /// - Parameter written: as a file has it: `886912345678`, `8.86912345678E11`, `0.30000000000000004`.
    /// - Returns: all its digits: 886912345678, 0.3. What is no number, or too long for one, comes back as it is.
    static func text(_ written: String) -> String {
        if written.utf8.allSatisfy(isDigit) { return written }
        guard let number = Parts(Array(written.utf8)) else { return written }
        let (digits, point) = rounded(number.digits, point: number.point)
        guard point <= maxDigits, point > -maxDigits else { return written }
        return (number.isNegative && digits != [0x30] ? "-" : "") + placed(digits, point)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Sign, digits and where the point stands among them: 12.5 is 125 with the point behind the second.
    private struct Parts {
        var isNegative = false
        var digits: [UInt8] = []
        var point = 0

        init?(_ bytes: [UInt8]) {
            var rest = bytes[...]
            if let sign = rest.first, sign == 0x2D || sign == 0x2B {
                isNegative = sign == 0x2D
                rest.removeFirst()
            }
            let whole = rest.prefix(while: isDigit)
            rest = rest.dropFirst(whole.count)
            var fraction: ArraySlice<UInt8> = []
            if rest.first == 0x2E {
                fraction = rest.dropFirst().prefix(while: isDigit)
                rest = rest.dropFirst(1 + fraction.count)
            }
            guard !(whole.isEmpty && fraction.isEmpty), let exponent = Self.exponent(rest) else { return nil }
            digits = Array(whole + fraction)
            point = whole.count + exponent
            let zeros = digits.prefix { $0 == 0x30 }.count
            digits.removeFirst(zeros)
            point -= zeros
            if digits.isEmpty { (digits, point) = ([0x30], 1) }
        }

        private static func exponent(_ rest: ArraySlice<UInt8>) -> Int? {
            guard let mark = rest.first else { return 0 }
            guard mark | 0x20 == 0x65, rest.count <= 6 else { return nil }
            return Int(String(decoding: rest.dropFirst(), as: UTF8.self))
        }
    }

    /// To fifteen digits, and without zeros that say nothing behind the point.
    private static func rounded(_ digits: [UInt8], point: Int) -> (digits: [UInt8], point: Int) {
        var digits = digits
        var point = point
        if digits.count > significantDigits {
            let roundsUp = digits[significantDigits] >= 0x35
            digits = Array(digits[..<significantDigits])
            if roundsUp { increment(&digits, &point) }
        }
        while digits.count > max(1, point), digits.last == 0x30 { digits.removeLast() }
        return (digits, point)
    }

    private static func increment(_ digits: inout [UInt8], _ point: inout Int) {
        for index in digits.indices.reversed() {
            guard digits[index] == 0x39 else {
                digits[index] += 1
                return
            }
            digits[index] = 0x30
        }
        digits.insert(0x31, at: 0)
        point += 1
    }

    private static func placed(_ digits: [UInt8], _ point: Int) -> String {
        let zeros: (Int) -> String = { String(repeating: "0", count: max(0, $0)) }
        let all = String(decoding: digits, as: UTF8.self)
        if point >= digits.count { return all + zeros(point - digits.count) }
        if point <= 0 { return "0." + zeros(-point) + all }
        return all.prefix(point) + "." + all.dropFirst(point)
    }
}
