/// The mistakes of ``PhoneRepair``, each nil when the text does not have it.
extension String {
    /// "573211703226.0" and "573211703226,00".
    var withoutDecimals: String? {
        let trimmed = unicodeScalars.filter { !$0.properties.isWhitespace }
        let zeros = trimmed.reversed().prefix { $0 == "0" }.count
        let number = trimmed.dropLast(zeros)
        guard zeros > 0, let point = number.last, point == "." || point == "," else { return nil }
        let digits = number.dropLast()
        return digits.allSatisfy { $0 == "+" || $0.decimalDigit != nil } ? String(digits) : nil
    }

    /// "31612363893@s.whatsapp.net".
    var beforeAt: String? {
        guard let at = unicodeScalars.firstIndex(of: "@") else { return nil }
        let host = unicodeScalars[unicodeScalars.index(after: at)...]
        guard ["s.whatsapp.net", "c.us"].contains(String(host).lowercased()) else { return nil }
        let user = String(unicodeScalars[..<at])
        return user.withPlus ?? user
    }

    /// Blanks of any width that libphonenumber does not know become plain ones; marks without width fall away.
    var withoutUnusualBlanks: String? {
        var isChanged = false
        var result = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .control: result.append(" ")
            case .format: break
            default: result.append(scalar)
            }
            isChanged = isChanged || result.last != scalar
        }
        return isChanged ? String(result) : nil
    }

    /// O for 0, and l or I for 1, where a digit or another such letter stands beside it.
    var withDigitsForLetters: String? {
        let likenesses: [Unicode.Scalar: Unicode.Scalar] = ["O": "0", "o": "0", "l": "1", "I": "1"]
        let changed = String(UnicodeScalarView(unicodeScalars.map { likenesses[$0] ?? $0 }))
        let hasLetters = changed.unicodeScalars.contains { $0.properties.isAlphabetic }
        return changed == self || hasLetters ? nil : changed
    }

    /// "+34 0612 345 678" and "+34 (0) 612 345 678"; and "09 1234 5678" in Chile, which dials no zero.
    func withoutTrunkZero(region: RegionKey?) -> String? {
        guard let scan = NumberScan(self), let book = PlanBook.installed else { return nil }
        guard scan.isInternational else {
            guard scan.digits[0] == 0, scan.digits[1] != 0, let region, let plans = book.plans(of: region)?.plans else {
                return nil
            }
            return "+" + plans.digits.text + scan.digits.dropFirst(1).text
        }
        guard let (plans, national) = book.split(scan.digits), !national.isEmpty, national[0] == 0 else { return nil }
        return "+" + plans.digits.text + national.text.drop { $0 == "0" }
    }

    /// "0034612345678" read where another prefix than 00 is dialled for calls abroad.
    var withPlusForZeros: String? {
        guard let scan = NumberScan(self), !scan.isInternational, scan.digits.hasPrefix([0, 0]) else { return nil }
        return "+" + scan.digits.dropFirst(2).text
    }

    /// "5491123456789" read elsewhere than in Argentina.
    var withPlus: String? {
        guard let scan = NumberScan(self), !scan.isInternational, scan.digits[0] != 0 else { return nil }
        return "+" + scan.digits.text
    }
}
