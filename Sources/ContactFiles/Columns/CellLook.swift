/// What a cell looks like, without knowing any country's rules.
enum CellLook: Equatable {
    case empty, phone, email, other

    init(_ text: String) {
        if text.isBlank {
            self = .empty
        } else if Self.isEmail(text) {
            self = .email
        } else {
            self = Self.isPhone(text) ? .phone : .other
        }
    }

    static func isEmail(_ text: String) -> Bool {
        let parts = text.trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let dot = parts[1].lastIndex(of: ".") else { return false }
        let domain = parts[1]
        return dot != domain.startIndex && domain.index(after: dot) != domain.endIndex
            && !text.trimmed.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "," || $0 == ";" }
    }

    /// Seven to fifteen digits of any script with what people write between them; no dates, no amounts. Also what is
    /// left of a number that a spreadsheet program shortened (`8.86912E+11`): it is a number, and a broken one.
    static func isPhone(_ text: String) -> Bool {
        var digits = 0
        var letters = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal {
                digits += 1
            } else if scalar.properties.isAlphabetic {
                letters.unicodeScalars.append(scalar)
            } else if !isBetweenDigits(scalar) {
                return false
            }
        }
        let lower = letters.lowercased()
        if lower == "e", isScientific(text) { return true }
        guard ["", "x", "ext", "tel", "cel", "mob", "wa"].contains(lower) else { return false }
        return (7...19).contains(digits) && !isDate(text)
    }

    static func hasNoLetters(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0.properties.isAlphabetic }
    }

    private static func isBetweenDigits(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "+", "-", ".", "(", ")", "/", "#", "*", ":", "'", "＋", "－", "（", "）", "．", "‐", "‑", "–", "—", "−", "·":
            true
        default: scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
        }
    }

    private static func isScientific(_ text: String) -> Bool {
        let text = text.trimmed.uppercased()
        guard let mark = text.firstIndex(of: "E") else { return false }
        return Double(text) != nil && text[text.index(after: mark)...].hasPrefix("+")
    }

    /// 2024-05-17, 17/05/2024, 17.05.2024 and the like, with or without a time.
    private static func isDate(_ text: String) -> Bool {
        let day = text.trimmed.split(separator: " ").first ?? ""
        let parts = day.split { $0 == "-" || $0 == "/" || $0 == "." }
        guard parts.count == 3, parts.allSatisfy({ Int($0) != nil }) else { return false }
        let lengths = parts.map(\.count)
        return (lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2)
            || (lengths[0] <= 2 && lengths[1] <= 2 && lengths[2] == 4)
    }
}

extension String {
    /// Without blanks at either end.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
