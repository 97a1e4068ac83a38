/// Tells what a file is by its first bytes. ZIP archives are looked at further by ``ZipDirectory``.
enum FileSignature {
    case zip
    case wrong(WrongKind)

    /// How many bytes of the file are worth looking at.
    static let sampleBytes = 1024

    /// Nil when the bytes may be text.
    init?(_ head: [UInt8]) {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            self = .zip
        } else if let wrong = Self.binary(head) ?? Self.markup(head) {
            self = .wrong(wrong)
        } else {
            return nil
        }
    }

    private static let magic: [(bytes: [UInt8], at: Int, kind: WrongKind)] = [
        ([0xFF, 0xD8, 0xFF], 0, .image), ([0x89, 0x50, 0x4E, 0x47], 0, .image), (Array("GIF8".utf8), 0, .image),
        ([0x49, 0x49, 0x2A, 0x00], 0, .image), ([0x4D, 0x4D, 0x00, 0x2A], 0, .image),
        (Array("WEBP".utf8), 8, .image), (Array("ftypheic".utf8), 4, .image), (Array("ftypmif1".utf8), 4, .image),
        (Array("ftypavif".utf8), 4, .image), (Array("ftyp".utf8), 4, .media), (Array("RIFF".utf8), 0, .media),
        (Array("OggS".utf8), 0, .media), (Array("ID3".utf8), 0, .media), ([0x1A, 0x45, 0xDF, 0xA3], 0, .media),
        (Array("fLaC".utf8), 0, .media),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, .oldExcel), ([0x09, 0x08, 0x10, 0x00], 0, .oldExcel),
        ([0x7F, 0x45, 0x4C, 0x46], 0, .executable), (Array("MZ".utf8) + [0x90, 0x00], 0, .executable),
        ([0xCF, 0xFA, 0xED, 0xFE], 0, .executable), ([0xCE, 0xFA, 0xED, 0xFE], 0, .executable),
        ([0xCA, 0xFE, 0xBA, 0xBE], 0, .executable), (Array("#!/".utf8), 0, .executable),
        ([0x00, 0x61, 0x73, 0x6D], 0, .executable),
        ([0x1F, 0x8B], 0, .archive), (Array("BZh".utf8), 0, .archive), ([0x28, 0xB5, 0x2F, 0xFD], 0, .archive),
        (Array("Rar!".utf8), 0, .archive), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, .archive),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], 0, .archive), (Array("ustar".utf8), 257, .archive),
        (Array("SQLite format 3\0".utf8), 0, .database), (Array("{\\rtf".utf8), 0, .richText),
    ]

    private static func binary(_ head: [UInt8]) -> WrongKind? {
        // A PDF may have other bytes before its mark.
        if head.contains(run: Array("%PDF-".utf8)) { return .pdf }
        if let found = magic.first(where: { head.dropFirst($0.at).starts(with: $0.bytes) }) { return found.kind }
        // Old DOS and Windows programs differ behind the two letters; no text has NULs there.
        if head.starts(with: Array("MZ".utf8)), head.dropFirst(2).prefix(30).contains(0) { return .executable }
        return nil
    }

    /// Text that is something else: web pages (old programs export them as ".xls"), XML and JSON.
    private static func markup(_ head: [UInt8]) -> WrongKind? {
        let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        let text = String(decoding: start.drop { $0 <= 0x20 }.prefix(300), as: UTF8.self).lowercased()
        if text.hasPrefix("<?xml") { return text.contains("<html") ? .webPage : .xml }
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") || text.hasPrefix("<table") { return .webPage }
        if text.hasPrefix("<") && text.contains("xmlns") { return .xml }
        return text.hasPrefix("[{") || text.hasPrefix("{\"") || text.hasPrefix("{\n") || text.hasPrefix("[\n")
            ? .json : nil
    }
}

extension [UInt8] {
    func contains(run: [UInt8]) -> Bool {
        guard count >= run.count else { return false }
        return (0...count - run.count).contains { self[$0...].starts(with: run) }
    }
}
