#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What ends a line of a text file: a line feed, with or without a carriage return before it, or, in files of old
/// systems, a carriage return alone; as one byte or as a pair.
struct LineEnd: Equatable {
    let encoding: TextEncoding
    let character: UInt8

    /// - Parameter sample: the beginning of the file. A carriage return ends lines only where there is no line feed.
    init(_ encoding: TextEncoding, sample: [UInt8]) {
        self.encoding = encoding
        let feed = LineEnd(encoding, character: 0x0A)
        let carriageReturn = LineEnd(encoding, character: 0x0D)
        let hasFeed = sample.withUnsafeBytes { feed.firstEnd(in: $0, from: 0) } != nil
        let hasReturn = sample.withUnsafeBytes { carriageReturn.firstEnd(in: $0, from: 0) } != nil
        character = hasReturn && !hasFeed ? 0x0D : 0x0A
    }

    init(_ encoding: TextEncoding, character: UInt8) {
        self.encoding = encoding
        self.character = character
    }

    /// The place behind the first line end from `start` on, which lies between characters.
    func firstEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        switch encoding {
        case .utf16LittleEndian: pairEnd(in: bytes, from: start, characterAt: 0)
        case .utf16BigEndian: pairEnd(in: bytes, from: start, characterAt: 1)
        // Neither byte is ever the second half of a character in the others.
        case .utf8, .windows1252, .big5, .shiftJIS, .gb18030: byteEnd(in: bytes, from: start)
        }
    }

    private func byteEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(character), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base + 1
    }

    private func pairEnd(in bytes: UnsafeRawBufferPointer, from start: Int, characterAt place: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index + place] == character, bytes[index + 1 - place] == 0 { return index + 2 }
            index += 2
        }
        return nil
    }
}
