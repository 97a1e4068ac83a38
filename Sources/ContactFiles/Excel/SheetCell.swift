internal import Domain

/// The cell of a sheet that is being read.
struct SheetCell {
    private enum Kind {
        case number, shared, text, boolean
    }

    private(set) var column = 0
    private var kind = Kind.number
    private var style = 0
    private var bytes: [UInt8] = []
    var isInText = false
    var isInPronunciation = false

    /// A row begins: a cell that does not say where it is stands right behind the one before.
    mutating func beginRow() {
        column = -1
    }

    mutating func begin(_ attributes: XMLAttributes) {
        column = attributes["r"].flatMap(Self.column) ?? column + 1
        style = attributes["s"].flatMap(Self.number) ?? 0
        kind = Self.kind(attributes["t"])
        bytes.removeAll(keepingCapacity: true)
        isInText = false
        isInPronunciation = false
    }

    /// One byte beyond the limit is kept, so that the cell is seen to be too long.
    mutating func take(_ utf8: UnsafeRawBufferPointer, maxBytes: Int) {
        guard isInText else { return }
        bytes.append(contentsOf: utf8.prefix(max(0, maxBytes + 1 - bytes.count)))
    }

    /// As a person sees it. An apostrophe that guarded a text in a CSV file is still there when the file went through a
    /// spreadsheet program; here it goes.
    mutating func value(in workbook: Workbook) throws(PuenteError) -> String {
        guard !bytes.isEmpty else { return "" }
        switch kind {
        case .text:
            EscapedCharacters.undo(&bytes)
            return FormulaGuard.unguarded(String(decoding: bytes, as: UTF8.self))
        case .shared:
            guard let index = Int(String(decoding: bytes, as: UTF8.self)),
                let text = try workbook.sharedTexts.text(index)
            else { throw .workbookDamaged("sharedStrings.xml") }
            return FormulaGuard.unguarded(text)
        case .boolean: return bytes == [0x31] ? "TRUE" : "FALSE"
        case .number: return workbook.styles.text(of: String(decoding: bytes, as: UTF8.self), style: style)
        }
    }

    /// Of a reference such as `AB12`: 27. Nil for what is none.
    static func column(_ reference: UnsafePointer<CChar>) -> Int? {
        var column = 0
        var place = reference
        while let letter = letter(place.pointee), column < 100_000 {
            column = column * 26 + letter
            place += 1
        }
        return column > 0 ? column - 1 : nil
    }

    /// Of up to nine digits. Nil for anything else.
    static func number(_ text: UnsafePointer<CChar>) -> Int? {
        var number = 0
        var length = 0
        while text[length] != 0 {
            let digit = Int(text[length]) - 0x30
            guard (0...9).contains(digit), length < 9 else { return nil }
            number = number * 10 + digit
            length += 1
        }
        return length > 0 ? number : nil
    }

    private static func letter(_ character: CChar) -> Int? {
        switch character {
        case 0x41...0x5A: Int(character) - 0x40
        case 0x61...0x7A: Int(character) - 0x60
        default: nil
        }
    }

    /// Text of its own, text that a formula gave, errors such as `#N/A` and dates in ISO 8601 are all text as they stand.
    private static func kind(_ type: UnsafePointer<CChar>?) -> Kind {
        guard let type, type[0] != 0 else { return .number }
        guard type[1] == 0 else { return .text }
        switch type[0] {
        case 0x73: return .shared
        case 0x62: return .boolean
        case 0x6E: return .number
        default: return .text
        }
    }
}
