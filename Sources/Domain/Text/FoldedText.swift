extension String {
    /// Letters and digits only, small and without accents: how two writings of one name are compared.
    package var folded: String {
        var folded = UnicodeScalarView()
        for scalar in lowercased().unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
            folded.append(scalar.withoutAccent)
        }
        return String(folded)
    }

    /// Small and without accents, with spaces and signs where they are: what searches look through.
    package var searchable: String {
        var searchable = UnicodeScalarView()
        for scalar in lowercased().unicodeScalars where !scalar.isCombiningAccent {
            searchable.append(scalar.withoutAccent)
        }
        return String(searchable)
    }
}

extension Unicode.Scalar {
    /// Small Latin letters with accents, behind the letter that they are without.
    private static let accented: [Unicode.Scalar: Unicode.Scalar] = {
        let groups = [
            "aàáâãäåāăąǎạảấầẩẫậắằẳẵặ", "cçćĉċč", "dďđ", "eèéêëēĕėęěẹẻẽếềểễệ", "gĝğġģ", "hĥħ", "iìíîïĩīĭįıǐỉị", "jĵ",
            "kķ",
            "lĺļľŀł", "nñńņňŋ", "oòóôõöøōŏőǒơọỏốồổỗộớờởỡợ", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűųǔưụủứừửữự", "wŵ",
            "yýÿŷỳỵỷỹ", "zźżž",
        ]
        var letters: [Unicode.Scalar: Unicode.Scalar] = [:]
        for group in groups {
            guard let letter = group.unicodeScalars.first else { continue }
            for scalar in group.unicodeScalars.dropFirst() { letters[scalar] = letter }
        }
        return letters
    }()

    fileprivate var withoutAccent: Unicode.Scalar {
        value < 0x80 ? self : Self.accented[self] ?? self
    }

    /// Accents that stand behind their letter as a scalar of their own.
    fileprivate var isCombiningAccent: Bool { (0x300...0x36F).contains(value) }
}
