import Foundation

/// Message ids of the real shape: `wamid.` and base64 of a small record with the customer's number, the direction,
/// and an upper-case hexadecimal key.
enum Wamid {
    enum Direction {
        case fromCustomer, fromBusiness
    }

    static func make(customer digits: String, _ direction: Direction) -> String {
        let number = Array(digits.utf8.prefix(20))
        var random = SystemRandomNumberGenerator()
        let key: [UInt8]
        switch direction {
        case .fromCustomer: key = Array("3A".utf8) + hexadecimal(18, &random)
        case .fromBusiness: key = hexadecimal(18, &random)
        }
        var record: [UInt8] = [0x1C, 0x18, UInt8(number.count)] + number
        record += [0x15, 0x02, 0x00, direction == .fromCustomer ? 0x12 : 0x11, 0x18, UInt8(key.count)] + key + [0]
        return "wamid." + Data(record).base64EncodedString()
    }

    private static let upperCase = Array("0123456789ABCDEF".utf8)

    private static func hexadecimal(_ count: Int, _ random: inout SystemRandomNumberGenerator) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(count)
        var bits: UInt64 = 0
        for index in 0..<count {
            if index % 16 == 0 { bits = random.next() }
            digits.append(upperCase[Int(bits & 0xF)])
            bits >>= 4
        }
        return digits
    }
}
