/// The beginning of something that could not be understood, for the list "unrouted".
enum Excerpt {
    static let limit = 2048

    /// At most `limit` bytes of UTF-8, cut between code points. What is no UTF-8, and U+0000, become U+FFFD.
    static func text(of bytes: [UInt8], limit: Int = Self.limit) -> String {
        let repaired = String(decoding: bytes.prefix(limit), as: UTF8.self)
            .unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }
        // A code point cut in two was repaired to U+FFFD, and each repair may add bytes: take what fits.
        var text = String.UnicodeScalarView()
        var size = 0
        for scalar in repaired {
            size += UTF8.width(scalar)
            if size > limit { break }
            text.append(scalar)
        }
        let wasCut = bytes.count > limit
        if wasCut, text.last == "\u{FFFD}" { text.removeLast() }
        return String(text)
    }
}
