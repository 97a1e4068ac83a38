extension CivilDate {
    /// Reads `2026-11-26`, `26/11/2026`, `26 de noviembre de 2026`, `Nov 26, 2026`, `2026年11月26日`; a
    /// time of day behind it is passed over. A year has four digits.
    ///
    /// Where day and month could be either, the habits decide; where only one reading is a day, that one.
    package init?(reading written: String, _ habits: WritingHabits) {
        let words = Self.words(of: written)
        if words.contains(where: \.isName) {
            self.init(named: words)
        } else {
            self.init(numbers: words.map(\.text), isMonthFirst: habits.isMonthFirst)
        }
    }

    private struct Word {
        let text: String
        let isName: Bool
    }

    /// The first three numbers and names that say something, in their order: what follows them is a time of day.
    private static func words(of written: String) -> [Word] {
        var words: [Word] = []
        var text = ""
        var isName = false
        func end() {
            if !text.isEmpty { words.append(Word(text: text, isName: isName)) }
            text = ""
        }
        for scalar in written.lowercased().unicodeScalars {
            let digit = scalar.writtenDigit
            let isLetter = digit == nil && scalar.properties.isAlphabetic && !separators.contains(scalar)
            guard digit != nil || isLetter else {
                end()
                continue
            }
            if isLetter != isName { end() }
            isName = isLetter
            if let digit { text += String(digit) } else { text.unicodeScalars.append(scalar) }
        }
        end()
        return Array(words.filter { !$0.isName || !fillers.contains($0.text.folded) }.prefix(3))
    }

    private static let separators: Set<Unicode.Scalar> = ["年", "月", "日", "號", "号"]
    /// `el lunes 26 de noviembre del 2026`, `Mon, 26th of November`.
    private static let fillers: Set<String> = [
        "de", "del", "el", "of", "the", "st", "nd", "rd", "th", "em", "lunes", "martes", "miercoles", "jueves",
        "viernes", "sabado", "domingo", "lun", "mie", "jue", "vie", "sab", "dom", "monday", "tuesday", "wednesday",
        "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    ]

    private init?(numbers: [String], isMonthFirst: Bool) {
        guard numbers.count == 3, numbers.allSatisfy({ $0.count <= 4 }) else { return nil }
        let values = numbers.compactMap { Int($0) }
        guard values.count == 3 else { return nil }
        if numbers[0].count == 4 {
            self.init(year: values[0], month: values[1], day: values[2])
            return
        }
        guard numbers[2].count == 4 else { return nil }
        let dayFirst = CivilDate(year: values[2], month: values[1], day: values[0])
        let monthFirst = CivilDate(year: values[2], month: values[0], day: values[1])
        guard let date = isMonthFirst ? monthFirst ?? dayFirst : dayFirst ?? monthFirst else { return nil }
        self = date
    }

    private init?(named words: [Word]) {
        guard words.count == 3, let name = words.first(where: \.isName), let month = Self.month(name.text) else {
            return nil
        }
        let numbers = words.filter { !$0.isName }.map(\.text)
        guard numbers.count == 2, let year = numbers.first(where: { $0.count == 4 }),
            let day = numbers.first(where: { $0.count <= 2 }), let year = Int(year), let day = Int(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// English, Spanish and Portuguese names, whole or cut after three letters or more.
    private static func month(_ written: String) -> Int? {
        let written = written.folded
        guard written.count >= 3 else { return nil }
        let index = months.firstIndex { names in names.contains { $0.hasPrefix(written) } }
        return index.map { $0 + 1 }
    }

    private static let months: [[String]] = [
        ["january", "enero", "janeiro"], ["february", "febrero", "fevereiro"], ["march", "marzo", "marco"],
        ["april", "abril"], ["may", "mayo", "maio"], ["june", "junio", "junho"], ["july", "julio", "julho"],
        ["august", "agosto"], ["september", "septiembre", "setiembre", "setembro"],
        ["october", "octubre", "outubro"], ["november", "noviembre", "novembro"],
        ["december", "diciembre", "dezembro"],
    ]
}
