/// A region's two letters, as an index into a table.
struct RegionKey: Hashable, Sendable {
    static let count = 26 * 26

    let index: Int

    /// Nil unless the text is two ASCII letters, of either case.
    init?(_ text: String) {
        var letters = text.utf8.makeIterator()
        guard let first = letters.next().flatMap(Self.letter), let second = letters.next().flatMap(Self.letter),
            letters.next() == nil
        else { return nil }
        index = first * 26 + second
    }

    /// Two capitals.
    var text: String {
        String(decoding: [UInt8(index / 26) + UInt8(ascii: "A"), UInt8(index % 26) + UInt8(ascii: "A")], as: UTF8.self)
    }

    private static func letter(_ byte: UInt8) -> Int? {
        let capital = byte & 0xDF
        guard case UInt8(ascii: "A")...UInt8(ascii: "Z") = capital else { return nil }
        return Int(capital - UInt8(ascii: "A"))
    }
}
