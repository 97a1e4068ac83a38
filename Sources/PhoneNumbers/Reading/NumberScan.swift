/// The digits of a plainly written number: words before it, digits of any script, the usual punctuation.
///
/// What is rarer (extensions, letters for digits, marks in the middle, "tel:" addresses with parameters) is not read
/// here: the library reads it.
struct NumberScan {
    private(set) var digits = DigitString()
    private(set) var isInternational = false
    private var state = State.before

    /// More than any number has with all that is dialled before it.
    private static let maxDigits = 24

    private enum State {
        /// Nothing of the number yet.
        case before
        case number
        /// After something that can follow a number, but not stand inside.
        case after
    }

    /// Nil for what is not read here.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte < 0x80 {
                guard read(byte) else { return nil }
                position += 1
            } else {
                guard let scalar = Unicode.Scalar(utf8: text, at: &position), read(scalar) else { return nil }
            }
        }
        guard digits.count > 2 else { return nil }
    }

    init?(_ text: String) {
        var text = text
        guard let scan = text.withUTF8({ NumberScan($0) }) else { return nil }
        self = scan
    }

    private mutating func read(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): add(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "+"): plus()
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "/"):
            true
        case UInt8(ascii: ";"), 0: false
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "#"):
            state == .before
        default: mark()
        }
    }

    private mutating func read(_ scalar: Unicode.Scalar) -> Bool {
        if let digit = scalar.decimalDigit { return add(digit) }
        if scalar.isPhonePunctuation { return true }
        if scalar == "\u{FF0B}" { return plus() }
        return state == .before || !scalar.isLetterOrNumber && mark()
    }

    private mutating func add(_ digit: UInt8) -> Bool {
        guard state != .after, digits.count < Self.maxDigits else { return false }
        state = .number
        digits.append(digit)
        return true
    }

    private mutating func plus() -> Bool {
        guard state == .before else { return false }
        state = .number
        isInternational = true
        return true
    }

    /// Something that ends a number.
    private mutating func mark() -> Bool {
        if state == .number { state = .after }
        return true
    }
}

extension Unicode.Scalar {
    /// The scalar that begins at `position`, which moves behind it.
    fileprivate init?(utf8 text: UnsafeBufferPointer<UInt8>, at position: inout Int) {
        let length = text[position] >= 0xF0 ? 4 : text[position] >= 0xE0 ? 3 : 2
        guard position + length <= text.count else { return nil }
        var value = UInt32(text[position] & (0xFF >> UInt8(length + 1)))
        for byte in text[(position + 1)..<(position + length)] { value = value << 6 | UInt32(byte & 0x3F) }
        position += length
        self.init(value)
    }

    /// The value of a digit of any script.
    var decimalDigit: UInt8? {
        switch value {
        case 0x30...0x39: UInt8(value - 0x30)
        case 0xFF10...0xFF19: UInt8(value - 0xFF10)
        case ..<0x660: nil
        default: properties.numericType == .decimal ? properties.numericValue.map { UInt8($0) } : nil
        }
    }

    /// Beyond ASCII, what libphonenumber lets stand between digits: dashes, blanks without break or width, full-width
    /// brackets and the like. The tilde is left out since it can begin an extension.
    var isPhonePunctuation: Bool {
        switch value {
        case 0x2010...0x2015, 0x2212, 0x30FC, 0xFF0D...0xFF0F, 0xA0, 0xAD, 0x200B, 0x2060, 0x3000, 0xFF08, 0xFF09,
            0xFF3B, 0xFF3D:
            true
        default: false
        }
    }

    fileprivate var isLetterOrNumber: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
