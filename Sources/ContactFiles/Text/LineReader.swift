internal import Domain

/// Cuts a text file into its lines, in bounded memory. For one thread.
struct LineReader {
    enum Outcome {
        case line
        /// The line is longer than the limit; the rest of it was passed over.
        case cut
        case end
    }

    /// A place between two lines.
    struct Position: Equatable {
        /// The bytes before it.
        var byte: Int
        /// The lines before it.
        var line: Int
    }

    private let source: ByteSource
    private let lineEnd: LineEnd
    private let maxBytes: Int
    private var buffer: [UInt8]
    /// Where in the source the buffer's first byte is.
    private var bufferStart: Int
    /// What of the buffer was read from the source and not yet given out.
    private var unread = 0..<0
    private(set) var position: Position

    init(_ source: ByteSource, lineEnd: LineEnd, maxBytes: Int, from position: Position, bufferBytes: Int = 262_144) {
        self.source = source
        self.lineEnd = lineEnd
        self.maxBytes = maxBytes
        self.position = position
        bufferStart = position.byte
        buffer = [UInt8](repeating: 0, count: bufferBytes)
    }

    /// Replaces `line` by the next one, its line end included; the last one may have none.
    mutating func next(into line: inout [UInt8]) throws(PuenteError) -> Outcome {
        line.removeAll(keepingCapacity: true)
        var length = 0
        while true {
            if unread.isEmpty, try !fill() { break }
            let (piece, isComplete) = take(into: &line)
            length += piece
            if isComplete { break }
        }
        guard length > 0 else { return .end }
        position = Position(byte: position.byte + length, line: position.line + 1)
        return length > maxBytes ? .cut : .line
    }

    /// Goes on at another place, before or behind this one.
    mutating func move(to position: Position) {
        self.position = position
        let index = position.byte - bufferStart
        if index >= 0, index <= unread.upperBound {
            unread = index..<unread.upperBound
        } else {
            bufferStart = position.byte
            unread = 0..<0
        }
    }

    /// Moves what is unread up to and including a line end, as far as it fits the limit.
    private mutating func take(into line: inout [UInt8]) -> (bytes: Int, isComplete: Bool) {
        let unread = unread
        let room = max(0, maxBytes - line.count)
        let (end, isComplete) = buffer.withUnsafeBytes { bytes in
            let bytes = UnsafeRawBufferPointer(rebasing: bytes[..<unread.upperBound])
            let end = lineEnd.firstEnd(in: bytes, from: unread.lowerBound)
            let stop = end ?? unread.upperBound
            line.append(contentsOf: bytes[unread.lowerBound..<min(stop, unread.lowerBound + room)])
            return (stop, end != nil)
        }
        self.unread = end..<unread.upperBound
        return (end - unread.lowerBound, isComplete)
    }

    private mutating func fill() throws(PuenteError) -> Bool {
        bufferStart += unread.upperBound
        let count = try source.fill(&buffer, at: bufferStart)
        unread = 0..<count
        return count > 0
    }
}
