package import Domain

/// A number that a refused text probably stands for, and what was done to find it. A person decides.
package struct PhoneSuggestion: Equatable, Sendable {
    package let number: PhoneNumber
    package let repair: PhoneRepair

    /// Nil when the text is a valid number already, or when no repair makes one of it.
    ///
    /// - Parameters: as of ``PhoneNumber/init(_:region:)``, which refused them or made a number that is only possible.
    package init?(for text: String, region: String? = nil) {
        guard text.utf8.count <= NumberReader.maxTextBytes else { return nil }
        let reading = PhoneReading(text, region: region)
        let home = region.flatMap { RegionKey($0) }
        if case .number(let number) = reading, number.validity == .valid { return nil }
        for repair in PhoneRepair.allCases {
            guard let mended = repair.mend(text, reading, region: home),
                case .number(let number) = PhoneReading(mended, region: region),
                number.validity == .valid, repair.isLikely(number, in: text, region: home)
            else { continue }
            self.number = number
            self.repair = repair
            return
        }
        return nil
    }

    /// What may have been meant though the text is a valid number: "4915112345678" in Germany is a fixed line of the area
    /// 4915, and rather a mobile whose writer left out the "+". Nil when there is no such doubt.
    ///
    /// - Parameter number: what `text` was read as.
    package init?(doubting number: PhoneNumber, in text: String) {
        guard number.kind != .mobile, let scan = NumberScan(text), !scan.isInternational,
            number.digits == "\(number.countryCode)\(scan.digits.text)",
            case .number(let other) = PhoneReading("+" + scan.digits.text),
            other.countryCode == number.countryCode, other.kind == .mobile
        else { return nil }
        self.number = other
        repair = .missingPlus
    }
}

/// What often goes wrong when a number is written, and how it is put right.
package enum PhoneRepair: String, Codable, CaseIterable, Sendable {
    case spreadsheetDecimals, chatAddress, unusualBlanks, letterForDigit, trunkZero, formerWriting, zerosForPlus,
        missingPlus

    /// For the person who decides: what was done.
    package var message: LocalizedText {
        switch self {
        case .spreadsheetDecimals:
            LocalizedText(
                en: "The decimals of a spreadsheet were removed.",
                es: "Se quitaron los decimales de una hoja de cálculo.")
        case .chatAddress:
            LocalizedText(
                en: "The number was taken out of a chat address.", es: "El número se tomó de una dirección de chat.")
        case .unusualBlanks:
            LocalizedText(
                en: "Unusual blanks and invisible marks were removed.",
                es: "Se quitaron espacios raros y marcas invisibles.")
        case .letterForDigit:
            LocalizedText(
                en: "Letters that look like digits were replaced.", es: "Se cambiaron letras que parecen cifras.")
        case .trunkZero:
            LocalizedText(
                en: "The zero before the number, which is dialled inside some countries only, was removed.",
                es: "Se quitó el cero delante del número, que solo se marca dentro de algunos países.")
        case .formerWriting:
            LocalizedText(
                en: "The digits that its country has added to all such numbers were put in.",
                es: "Se pusieron las cifras que su país agregó a todos los números de ese tipo.")
        case .zerosForPlus:
            LocalizedText(
                en: "00, which is not dialled for calls abroad there, was read as +.",
                es: "Se leyó como + el 00, que allí no se marca para llamar al extranjero.")
        case .missingPlus:
            LocalizedText(
                en: "The + before the country code was added.", es: "Se agregó el + delante del código de país.")
        }
    }

    /// The text put right; nil when it does not have this mistake.
    func mend(_ text: String, _ reading: PhoneReading, region: RegionKey?) -> String? {
        switch self {
        case .spreadsheetDecimals: text.withoutDecimals
        case .chatAddress: text.beforeAt
        case .unusualBlanks: text.withoutUnusualBlanks
        case .letterForDigit: text.withDigitsForLetters
        case .trunkZero: text.withoutTrunkZero(region: region)
        case .formerWriting: reading.inTodaysWriting
        case .zerosForPlus: text.withPlusForZeros
        case .missingPlus: text.withPlus
        }
    }
}

extension PhoneRepair {
    /// A "+" before any digits makes somebody's number in some country. Where a country is given, people leave it out
    /// before mobiles of other countries; a list with slashes is none, nor is a number of no country.
    fileprivate func isLikely(_ number: PhoneNumber, in text: String, region: RegionKey?) -> Bool {
        guard self == .missingPlus else { return true }
        guard number.region != nil else { return false }
        guard region != nil else { return true }
        let isMobile = number.kind == .mobile || number.kind == .fixedLineOrMobile
        return isMobile && !text.utf8.contains(UInt8(ascii: "/"))
    }
}

extension PhoneReading {
    /// A Brazilian mobile without its ninth digit, say, in the form that it has today.
    fileprivate var inTodaysWriting: String? {
        guard case .number(let number) = self, number.handle != number.digits else { return nil }
        return "+" + number.handle
    }
}
