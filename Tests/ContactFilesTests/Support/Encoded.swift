import ContactFiles
import Foundation

/// UTF-8 text in another encoding, by the system's iconv; nil when the encoding cannot hold it.
func encoded(_ text: String, _ encoding: TextEncoding) -> [UInt8]? {
    let names: [TextEncoding: String] = [
        .utf8: "UTF-8", .utf16LittleEndian: "UTF-16LE", .utf16BigEndian: "UTF-16BE", .windows1252: "CP1252",
        .big5: "CP950", .shiftJIS: "CP932", .gb18030: "GB18030",
    ]
    guard let name = names[encoding], let converter = iconv_open(name, "UTF-8"), Int(bitPattern: converter) != -1 else {
        return nil
    }
    defer { iconv_close(converter) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    var written = 0
    let result = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            var from = source.baseAddress
            var left = source.count
            var to = target.baseAddress
            var room = target.count
            defer { written = target.count - room }
            return iconv(converter, &from, &left, &to, &room)
        }
    }
    return result == 0 ? output[..<written].map { UInt8(bitPattern: $0) } : nil
}
