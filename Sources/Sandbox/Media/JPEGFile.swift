/// A baseline JPEG of flat 8×8 blocks: only the mean of each block is coded, which needs one small Huffman table.
/// Source: ITU-T T.81.
enum JPEGFile {
    private static let columns = 48
    private static let rows = 36

    /// A sky, a ground and a sun, in colours left to chance: 384 × 288.
    static func landscape(using random: inout SeededRandom) -> [UInt8] {
        let sky = color(using: &random)
        let ground = color(using: &random)
        let horizon = Int.random(in: 16...26, using: &random)
        let sun = (x: Int.random(in: 6...42, using: &random), y: Int.random(in: 4...12, using: &random))
        return encode { x, y in
            let distance = (x - sun.x) * (x - sun.x) + (y - sun.y) * (y - sun.y)
            if distance <= 9 { return (255, 236, 140) }
            let base = y < horizon ? sky : ground
            let shade = y < horizon ? 50 - y * 2 : (y - horizon) * -3
            return (base.0 + shade, base.1 + shade, base.2 + shade)
        }
    }

    private static func color(using random: inout SeededRandom) -> (Int, Int, Int) {
        (
            Int.random(in: 60...190, using: &random), Int.random(in: 80...200, using: &random),
            Int.random(in: 70...210, using: &random)
        )
    }

    private static func encode(_ pixel: (Int, Int) -> (Int, Int, Int)) -> [UInt8] {
        var file = head
        var bits = BitWriter()
        var previous = [0, 0, 0]
        for y in 0..<rows {
            for x in 0..<columns {
                for (index, value) in components(pixel(x, y)).enumerated() {
                    write(value - previous[index], to: &bits)
                    previous[index] = value
                }
            }
        }
        file += bits.finish()
        return file + [0xFF, 0xD9]
    }

    /// RGB to YCbCr, each shifted to lie around 0.
    private static func components(_ rgb: (Int, Int, Int)) -> [Int] {
        let (red, green, blue) = (clamp(rgb.0), clamp(rgb.1), clamp(rgb.2))
        return [
            (299 * red + 587 * green + 114 * blue) / 1000 - 128, (-169 * red - 331 * green + 500 * blue) / 1000,
            (500 * red - 419 * green - 81 * blue) / 1000,
        ]
    }

    private static func clamp(_ value: Int) -> Int { min(max(value, 0), 255) }

    /// The difference to the block before, then "no more coefficients", which is the single bit 0.
    private static func write(_ difference: Int, to bits: inout BitWriter) {
        let size = Int.bitWidth - abs(difference).leadingZeroBitCount
        let code = codes[size]
        bits.write(code.bits, count: code.length)
        if size > 0 { bits.write(difference < 0 ? difference + (1 << size) - 1 : difference, count: size) }
        bits.write(0, count: 1)
    }

    /// The standard codes for sizes 0 to 9.
    private static let codes: [(bits: Int, length: Int)] = [
        (0b00, 2), (0b010, 3), (0b011, 3), (0b100, 3), (0b101, 3), (0b110, 3), (0b1110, 4), (0b11110, 5),
        (0b111110, 6), (0b1111110, 7),
    ]

    private static let head: [UInt8] = {
        let (width, height) = (columns * 8, rows * 8)
        var head: [UInt8] = [0xFF, 0xD8]
        head += segment(0xE0, Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
        head += segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
        head += segment(
            0xC0,
            [8, UInt8(height >> 8), UInt8(height & 0xFF), UInt8(width >> 8), UInt8(width & 0xFF), 3]
                + [1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0])
        head += segment(0xC4, [0x00, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] + Array(0...11))
        head += segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0x00])
        head += segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
        return head
    }()

    private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + content
    }
}

/// Packs bits, highest first, with the zero byte JPEG wants after each 0xFF.
private struct BitWriter {
    private var bytes: [UInt8] = []
    private var current = 0
    private var filled = 0

    mutating func write(_ bits: Int, count: Int) {
        for shift in stride(from: count - 1, through: 0, by: -1) {
            current = current << 1 | (bits >> shift & 1)
            filled += 1
            if filled == 8 { flush() }
        }
    }

    mutating func finish() -> [UInt8] {
        while filled > 0 { write(1, count: 1) }
        return bytes
    }

    private mutating func flush() {
        bytes.append(UInt8(current))
        if current == 0xFF { bytes.append(0) }
        current = 0
        filled = 0
    }
}
