/// How the letters of a text file are written as bytes.
package enum TextEncoding: String, Codable, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case big5
    case shiftJIS = "shift_jis"
    case gb18030

    /// As people know it.
    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16 (little-endian)"
        case .utf16BigEndian: "UTF-16 (big-endian)"
        case .windows1252: "Windows-1252"
        case .big5: "Big5"
        case .shiftJIS: "Shift-JIS"
        case .gb18030: "GB18030"
        }
    }

    /// As iconv knows it. Windows' own Big5 and Shift-JIS, which are what spreadsheet programs write.
    var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .windows1252: "CP1252"
        case .big5: "CP950"
        case .shiftJIS: "CP932"
        case .gb18030: "GB18030"
        }
    }

    /// The mark that may stand at the beginning of a file.
    var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .gb18030: [0x84, 0x31, 0x95, 0x33]
        case .windows1252, .big5, .shiftJIS: []
        }
    }

    /// The least number of bytes that a character takes.
    var unitBytes: Int { self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 1 }
}
