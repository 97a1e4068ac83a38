internal import Domain

/// The texts that a workbook's cells share (`sharedStrings.xml`), read as far as cells ask for them and kept in bounded
/// memory. For one thread.
final class SharedTexts {
    private let texts: SpillBuffer
    /// Where each text ends in `texts`, eight bytes each.
    private let ends: SpillBuffer
    private let collector: SharedTextCollector
    private let scanner: XMLScanner?

    init(
        _ entry: ZipDirectory.Entry?, in source: ByteSource, _ limits: FileLimits, spillFolder: String
    ) throws(PuenteError) {
        texts = SpillBuffer(folder: spillFolder, maxBytesInMemory: limits.sharedTextBytesInMemory)
        ends = SpillBuffer(folder: spillFolder, maxBytesInMemory: limits.sharedTextBytesInMemory / 4)
        collector = SharedTextCollector(texts, ends, maxTextBytes: limits.cellBytes)
        scanner = if let entry { try XMLScanner(ZipPart(entry, in: source, limits: limits), collector) } else { nil }
    }

    var packedBytesRead: Int { scanner?.packedBytesRead ?? 0 }

    /// Nil when there is no such text.
    func text(_ index: Int) throws(PuenteError) -> String? {
        while index >= collector.count {
            guard let scanner, try scanner.advance() else { break }
        }
        guard index >= 0, index < collector.count else { return nil }
        let start = index == 0 ? 0 : try end(index - 1)
        return try texts.withBytes(start..<(try end(index))) { String(decoding: $0, as: UTF8.self) }
    }

    private func end(_ index: Int) throws(PuenteError) -> Int {
        try ends.withBytes(index * 8..<index * 8 + 8) { Int($0.loadUnaligned(as: Int64.self)) }
    }
}

/// Collects the runs of each shared text; how to pronounce Japanese names (`rPh`) is no part of them.
private final class SharedTextCollector: XMLHandler {
    private let texts: SpillBuffer
    private let ends: SpillBuffer
    private let maxTextBytes: Int
    private var current: [UInt8] = []
    private var isInText = false
    private var isInPronunciation = false
    private(set) var count = 0

    init(_ texts: SpillBuffer, _ ends: SpillBuffer, maxTextBytes: Int) {
        self.texts = texts
        self.ends = ends
        self.maxTextBytes = maxTextBytes
    }

    func begin(_ element: XMLName, _ attributes: XMLAttributes) throws(PuenteError) {
        switch element {
        case "si": current.removeAll(keepingCapacity: true)
        case "t": isInText = !isInPronunciation
        case "rPh": isInPronunciation = true
        default: break
        }
    }

    func end(_ element: XMLName) throws(PuenteError) {
        switch element {
        case "t": isInText = false
        case "rPh": isInPronunciation = false
        case "si":
            EscapedCharacters.undo(&current)
            try texts.append(current)
            try withUnsafeBytes(of: Int64(texts.count)) { bytes throws(PuenteError) in try ends.append(bytes) }
            count += 1
        default: break
        }
    }

    /// One byte beyond the limit is kept, so that the cell is seen to be too long.
    func text(_ utf8: UnsafeRawBufferPointer) throws(PuenteError) {
        guard isInText else { return }
        current.append(contentsOf: utf8.prefix(max(0, maxTextBytes + 1 - current.count)))
    }
}
