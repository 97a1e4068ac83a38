/// A sticker: 512 × 512 of one colour in lossless WebP. Each channel's code has a single symbol, so a pixel takes no
/// bits at all. Source: RFC 9649.
enum WebPFile {
    static func square(using random: inout SeededRandom) -> [UInt8] {
        var bits = LowBitFirst()
        bits.write(0x2F, 8)
        bits.write(511, 14)
        bits.write(511, 14)
        bits.write(1, 1)  // alpha is used
        bits.write(0, 3)  // version
        bits.write(0, 1)  // no transform
        bits.write(0, 1)  // no colour cache
        bits.write(0, 1)  // one group of codes
        for symbol in [
            UInt32.random(in: 90...250, using: &random), UInt32.random(in: 60...250, using: &random),
            UInt32.random(in: 60...250, using: &random), 255,
        ] {
            bits.writeSingleSymbolCode(symbol)
        }
        bits.writeSingleSymbolCode(0)  // distances: unused
        let stream = bits.bytes
        let padded = stream + (stream.count % 2 == 1 ? [0] : [])
        let chunk = Array("VP8L".utf8) + little(stream.count) + padded
        return Array("RIFF".utf8) + little(chunk.count + 4) + Array("WEBP".utf8) + chunk
    }

    private static func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
}

private struct LowBitFirst {
    private(set) var bytes: [UInt8] = []
    private var filled = 0

    mutating func write(_ value: UInt32, _ count: Int) {
        for index in 0..<count {
            if filled % 8 == 0 { bytes.append(0) }
            bytes[bytes.count - 1] |= UInt8(value >> UInt32(index) & 1) << UInt8(filled % 8)
            filled += 1
        }
    }

    /// A simple code: one symbol, of eight bits.
    mutating func writeSingleSymbolCode(_ symbol: UInt32) {
        write(1, 1)  // simple
        write(0, 1)  // one symbol
        write(1, 1)  // which has eight bits
        write(symbol, 8)
    }
}
