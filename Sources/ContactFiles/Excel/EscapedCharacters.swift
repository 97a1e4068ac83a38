/// `_x000D_` in a workbook's texts: a character that XML cannot hold, by its number (ECMA-376, 22.9.2.19).
enum EscapedCharacters {
    static func undo(_ utf8: inout [UInt8]) {
        guard utf8.contains(run: [0x5F, 0x78]) else { return }
        var result: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.first {
            if let scalar = scalar(rest) {
                result.append(contentsOf: Array(String(scalar).utf8))
                rest = rest.dropFirst(7)
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        utf8 = result
    }

    private static func scalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let run = Array(bytes.prefix(7))
        guard run.count == 7, run[0] == 0x5F, run[1] == 0x78, run[6] == 0x5F,
            let number = UInt32(String(decoding: run[2..<6], as: UTF8.self), radix: 16)
        else { return nil }
        return Unicode.Scalar(number)
    }
}
