/// What matters of a spreadsheet's number format.
enum NumberFormat: Equatable {
    case general
    case date(hasDay: Bool, hasTime: Bool)
    /// Digits at fixed places: `0000000000`, `"+"0`, `00-0000-0000`. It gives telephone numbers back their zeros.
    case digits(DigitPattern)

    /// The formats that have a number and no code in the file (ECMA-376, 18.8.30, with those of Chinese and Japanese).
    init(builtIn id: Int) {
        switch id {
        case 14...17, 27...31, 34...36, 50...54, 57, 58: self = .date(hasDay: true, hasTime: false)
        case 18...21, 32, 33, 45...47, 55, 56: self = .date(hasDay: false, hasTime: true)
        case 22: self = .date(hasDay: true, hasTime: true)
        default: self = .general
        }
    }

    /// - Parameter code: for example `yyyy-mm-dd` or `[$-409]m/d/yy h:mm AM/PM;@`; its first section counts.
    init(code: String) {
        let own = Self.ownCharacters(of: code)
        let letters = own.filter { $0.isLetter || $0 == "@" }
        let hasDay = letters.contains { "yde".contains($0) }
        let hasTime = letters.contains { "hs".contains($0) }
        let isScientific = own.contains("e+") || own.contains("e-")
        if letters.hasPrefix("general") || letters == "@" || isScientific {
            self = .general
        } else if hasDay || hasTime || letters.contains("m") {
            self = .date(hasDay: hasDay || !hasTime, hasTime: hasTime)
        } else {
            self = DigitPattern(code).map { .digits($0) } ?? .general
        }
    }

    /// The code in small letters, without what stands in quotation marks, brackets or behind a backslash.
    private static func ownCharacters(of code: String) -> String {
        var own = ""
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for character in code {
            if isEscaped {
                isEscaped = false
            } else if character == "\"" {
                isQuoted.toggle()
            } else if isQuoted {
                continue
            } else if character == "\\" || character == "_" || character == "*" {
                isEscaped = true
            } else if character == "[" {
                isBracketed = true
            } else if character == "]" {
                isBracketed = false
            } else if character == ";" {
                break
            } else if !isBracketed {
                own += character.lowercased()
            }
        }
        return own
    }
}
