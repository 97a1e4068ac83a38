internal import Domain

/// Pieces of a text file, whole lines each, from all over it: files often begin with nothing but ASCII.
struct TextSample {
    static let pieceBytes = 65_536
    static let pieces = 12

    /// The beginning of the file, cut anywhere.
    let head: [UInt8]
    /// The others, without the broken line at either end.
    let rest: [[UInt8]]

    init(_ source: ByteSource) throws(PuenteError) {
        head = try source.bytes(at: 0, count: Self.pieceBytes)
        var rest: [[UInt8]] = []
        let step = max(Self.pieceBytes, source.size / Self.pieces / 2 * 2)
        var offset = step
        while offset < source.size {
            rest.append(Self.wholeLines(try source.bytes(at: offset, count: Self.pieceBytes)))
            offset += step
        }
        self.rest = rest
    }

    /// The beginning up to its last line end, or as it is when it is the whole file.
    var wholeHead: [UInt8] {
        guard head.count == Self.pieceBytes, let end = head.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
            return head
        }
        return Array(head[...end])
    }

    private static func wholeLines(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }),
            let last = bytes.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }), first < last
        else { return [] }
        return Array(bytes[(first + 1)...last])
    }
}
