/// Keeps a cell's text from being run as a formula by a spreadsheet program: an apostrophe goes before it when it
/// begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a line feed, or with the wide forms of the first four
/// that Chinese and Japanese keyboards type. A text that begins with apostrophes and then one of these gets one more,
/// so that taking one away always gives back what was written.
///
/// For people it also keeps the digits of numbers, which such programs would show as 8.87E+11 or without their first 0.
enum FormulaGuard {
    private static let apostrophe: UInt8 = 0x27

    /// - Parameter keepsDigits: whether numbers of digits alone are guarded, too.
    static func guarded(_ text: String, keepsDigits: Bool) -> String {
        var text = text
        let needsGuard = text.withUTF8 { utf8 in
            // What has an apostrophe already gets one more, as reading takes one away.
            isDangerous(utf8) || ((keepsDigits || utf8.first == apostrophe) && losesDigits(utf8))
        }
        return needsGuard ? "'" + text : text
    }

    /// A plus and nothing but digits.
    static func isBarePhone(_ text: String) -> Bool {
        text.utf8.first == 0x2B && (7...15).contains(text.utf8.count - 1)
            && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The text that was guarded, or the same when it was not.
    static func unguarded(_ text: String) -> String {
        var text = text
        return text.withUTF8(unguarded)
    }

    static func unguarded(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
        guard utf8.first == apostrophe, isDangerous(utf8) || losesDigits(utf8) else {
            return String(decoding: utf8, as: UTF8.self)
        }
        return String(decoding: utf8.dropFirst(), as: UTF8.self)
    }

    /// Digits alone, behind apostrophes if there are any, that a spreadsheet program would shorten.
    private static func losesDigits(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = utf8.firstIndex(where: { $0 != apostrophe }) else { return false }
        let digits = utf8[first...]
        return digits.count > 1 && (digits.count > 11 || digits.first == 0x30)
            && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isDangerous(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = utf8.firstIndex(where: { $0 != apostrophe }) else { return false }
        switch utf8[first] {
        case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A: return true
        // ＋ － ＝ ＠
        case 0xEF:
            guard first + 2 < utf8.count, utf8[first + 1] == 0xBC else { return false }
            return [0x8B, 0x8D, 0x9D, 0xA0].contains(utf8[first + 2])
        default: return false
        }
    }
}
