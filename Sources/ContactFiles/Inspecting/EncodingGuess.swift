/// Guesses how a text file is written. UTF-8 is certain once several lines that need it are whole in it; the others are
/// weighed by what their bytes would be: letters, and common characters rather than rare ones.
enum EncodingGuess {
    /// Lines with anything but ASCII that are looked at.
    private static let maxLines = 4000

    static func encoding(of sample: TextSample) -> TextEncoding {
        if let marked = marked(sample.head) ?? pairs(sample.head) { return marked }
        let lines = foreignLines(sample)
        guard !lines.isEmpty else { return .utf8 }
        let others = lines.filter { !UTF8Check($0).isValid }
        let whole = lines.count - others.count
        // A few lines of another encoding in a file of UTF-8 are reported as such.
        if whole * 2 > lines.count { return .utf8 }
        let other = likeliest(others)
        // Lines of several encodings: as many as are whole in UTF-8 must be of the other one.
        return whole > 0 && others.count { likeliest([$0]) == other } <= whole ? .utf8 : other
    }

    /// By the mark at the beginning.
    private static func marked(_ head: [UInt8]) -> TextEncoding? {
        [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .gb18030]
            .first { head.starts(with: $0.byteOrderMark) }
    }

    /// UTF-16 without a mark: its commas, digits and line ends have a NUL each, always on the same side.
    private static func pairs(_ head: [UInt8]) -> TextEncoding? {
        let even = stride(from: 0, to: head.count, by: 2).count { head[$0] == 0 }
        let odd = stride(from: 1, to: head.count, by: 2).count { head[$0] == 0 }
        let enough = max(2, head.count / 20)
        if odd >= enough, even * 10 < odd { return .utf16LittleEndian }
        return even >= enough && odd * 10 < even ? .utf16BigEndian : nil
    }

    private static func foreignLines(_ sample: TextSample) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        let isVCard = Array(sample.head.prefix(200)).contains(run: Array("BEGIN:VCARD".utf8))
        for piece in ([sample.wholeHead] + sample.rest).map({ isVCard ? unfolded($0) : $0 }) {
            for line in piece.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) where lines.count < maxLines {
                if line.contains(where: { $0 >= 0x80 }) { lines.append(Array(line)) }
            }
        }
        return lines
    }

    /// Old programs fold the lines of vCards in the middle of a character.
    private static func unfolded(_ bytes: [UInt8]) -> [UInt8] {
        var unfolded: [UInt8] = []
        for byte in bytes {
            guard byte == 0x20 || byte == 0x09, unfolded.last == 0x0A else {
                unfolded.append(byte)
                continue
            }
            unfolded.removeLast(RecordParser.lineEndBytes(unfolded))
        }
        return unfolded
    }

    private static func likeliest(_ lines: [[UInt8]]) -> TextEncoding {
        let candidates: [(TextEncoding, (ArraySlice<UInt8>) -> (count: Int, weight: Int))] = [
            (.windows1252, latin), (.big5, big5), (.gb18030, gb), (.shiftJIS, shiftJIS),
        ]
        var best = (encoding: TextEncoding.windows1252, score: -1.0)
        for (encoding, weigh) in candidates {
            let score = score(lines, weigh)
            if score > best.score { best = (encoding, score) }
        }
        return best.encoding
    }

    /// The mean weight of the characters that are not ASCII: 1 for common ones, 0 for what nobody writes.
    private static func score(
        _ lines: [[UInt8]], _ weigh: (ArraySlice<UInt8>) -> (count: Int, weight: Int)
    ) -> Double {
        var characters = 0
        var weight = 0
        for line in lines {
            var index = 0
            var followsLetter = false
            while index < line.count {
                guard line[index] >= 0x80 else {
                    followsLetter = isLetter(line[index])
                    index += 1
                    continue
                }
                let character = weigh(line[index...])
                characters += 1
                let isInWord = character.count == 2 && (followsLetter || endsInWord(line, index))
                weight += isInWord ? min(character.weight, weightInWord) : character.weight
                index += character.count
                followsLetter = false
            }
        }
        return characters > 0 ? Double(weight) / Double(characters * 100) : 0
    }

    /// Two bytes in the middle of a word of ASCII letters, as in "JOÃO" and "ÁNGEL", are rather one letter and its
    /// neighbour than a Chinese character.
    private static let weightInWord = 20

    private static func endsInWord(_ line: [UInt8], _ index: Int) -> Bool {
        guard index + 2 < line.count, isLetter(line[index + 2]) else { return false }
        // "ÁNgel", or two accented letters before others: "ÍÑigo".
        return isLetter(line[index + 1]) || (line[index] >= 0xC0 && line[index + 1] >= 0xC0)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF)
    }

    /// Windows-1252: letters with accents stand alone between ASCII letters; two in a row are rare.
    private static func latin(_ bytes: ArraySlice<UInt8>) -> (count: Int, weight: Int) {
        let byte = bytes[bytes.startIndex]
        let next = bytes.dropFirst().first ?? 0x20
        switch byte {
        case 0xD7, 0xF7: return (1, 30)
        case 0xC0...0xFF: return next < 0x80 ? (1, 95) : (1, 30)
        // ª º « » ¿ ¡ ° ' and the curly marks, the dashes, € and the dots.
        case 0xAA, 0xBA, 0xAB, 0xBB, 0xBF, 0xA1, 0xB0, 0xB4, 0xB7, 0x80, 0x85, 0x91...0x97: return (1, 60)
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D: return (1, -100)
        default: return (1, 10)
        }
    }

    /// Big5: the common characters lie in A4–C6.
    private static func big5(_ bytes: ArraySlice<UInt8>) -> (count: Int, weight: Int) {
        guard let (lead, trail) = pair(bytes), (0x40...0x7E).contains(trail) || trail >= 0xA1, trail != 0xFF else {
            return (1, -100)
        }
        switch lead {
        case 0xA4...0xC6: return (2, 100)
        case 0xA1...0xA3: return (2, 60)
        case 0xC9...0xF9: return (2, 15)
        default: return (2, -50)
        }
    }

    /// GB18030: the common characters are those of GB2312's first level, B0A1–D7F9.
    private static func gb(_ bytes: ArraySlice<UInt8>) -> (count: Int, weight: Int) {
        guard let (lead, trail) = pair(bytes) else { return (1, -100) }
        if (0x30...0x39).contains(trail) { return (4, 10) }
        guard trail >= 0x40, trail != 0x7F, trail != 0xFF else { return (1, -100) }
        switch (lead, trail >= 0xA1) {
        case (0xB0...0xD7, true): return (2, 100)
        case (0xA1...0xA9, true): return (2, 60)
        case (0xD8...0xF7, true): return (2, 30)
        default: return (2, 5)
        }
    }

    /// Shift-JIS: the two kana alphabets and the kanji of the first level, 889F–9872.
    private static func shiftJIS(_ bytes: ArraySlice<UInt8>) -> (count: Int, weight: Int) {
        let byte = bytes[bytes.startIndex]
        if (0xA1...0xDF).contains(byte) { return (1, 20) }
        guard let (lead, trail) = pair(bytes), trail >= 0x40, trail != 0x7F, trail <= 0xFC else { return (1, -100) }
        switch lead {
        case 0x82...0x83: return (2, 100)
        case 0x88...0x97: return (2, 90)
        case 0x81: return (2, 60)
        case 0x98...0x9F, 0xE0...0xEA: return (2, 15)
        default: return (2, -50)
        }
    }

    private static func pair(_ bytes: ArraySlice<UInt8>) -> (UInt8, UInt8)? {
        guard let lead = bytes.first, lead >= 0x81, lead != 0xFF, let trail = bytes.dropFirst().first else {
            return nil
        }
        return (lead, trail)
    }
}
