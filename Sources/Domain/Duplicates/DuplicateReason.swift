/// Why two contacts may be one person, or why not: what people read beside a suggestion.
package struct DuplicateReason: Hashable, Codable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Sendable {
        // Found by evidence.
        case sameRecord = "same_record"
        case sameDocument = "same_document"
        case sameEmail = "same_email"
        case numberWithoutCountry = "number_without_country"
        case formerNumber = "former_number"
        case sameUsername = "same_username"
        case nearNumber = "near_number"
        case sameEnding = "same_ending"
        case sameName = "same_name"
        case similarName = "similar_name"
        case sameCompany = "same_company"
        case sameCity = "same_city"
        // What speaks against it.
        case differentNames = "different_names"
        case ownAccounts = "own_accounts"
        // Why they were merged, beside any suggestion.
        case byHand = "by_hand"
        case meta

        /// The share of certainty that it adds by itself, in percent. Of what speaks against it: what is left.
        package var weight: Int {
            switch self {
            case .byHand, .meta: 100
            case .sameRecord: 95
            case .sameDocument: 85
            case .sameEmail: 75
            case .numberWithoutCountry: 70
            case .nearNumber: 60
            case .formerNumber: 55
            case .sameEnding: 45
            case .sameUsername: 40
            case .sameCompany: 35
            case .sameName: 30
            case .sameCity: 20
            case .similarName: 15
            case .ownAccounts: 80
            case .differentNames: 75
            }
        }

        /// Whether it speaks against.
        package var isDoubt: Bool { self == .differentNames || self == .ownAccounts }
    }

    package let kind: Kind
    /// What is the same, or both that are alike: an address, a name, "+52 … / +52 …". May be empty.
    package let detail: String

    package init(_ kind: Kind, _ detail: String = "") {
        self.kind = kind
        self.detail = detail
    }
}

extension DuplicateReason {
    package var sentence: LocalizedText {
        switch kind {
        case .sameRecord:
            LocalizedText(en: "Same record in the CRM: \(detail)", es: "Mismo registro en el CRM: \(detail)")
        case .sameDocument: LocalizedText(en: "Same identity document: \(detail)", es: "Mismo documento: \(detail)")
        case .sameEmail: LocalizedText(en: "Same e-mail address: \(detail)", es: "Mismo correo: \(detail)")
        case .numberWithoutCountry:
            LocalizedText(
                en: "One number is the other without its country code: \(detail)",
                es: "Un número es el otro sin su código de país: \(detail)")
        case .formerNumber:
            LocalizedText(
                en: "One had the number that the other has or had: \(detail)",
                es: "Uno tuvo el número que el otro tiene o tuvo: \(detail)")
        case .sameUsername: LocalizedText(en: "Same username: @\(detail)", es: "Mismo nombre de usuario: @\(detail)")
        case .nearNumber: LocalizedText(en: "Numbers one slip apart: \(detail)", es: "Números casi iguales: \(detail)")
        case .sameEnding:
            LocalizedText(
                en: "Numbers with the same last eight digits: \(detail)",
                es: "Números con las mismas ocho últimas cifras: \(detail)")
        case .sameName: LocalizedText(en: "Same name: \(detail)", es: "Mismo nombre: \(detail)")
        case .similarName: LocalizedText(en: "Similar names: \(detail)", es: "Nombres parecidos: \(detail)")
        case .sameCompany: LocalizedText(en: "Same company: \(detail)", es: "Misma empresa: \(detail)")
        case .sameCity: LocalizedText(en: "Same city: \(detail)", es: "Misma ciudad: \(detail)")
        case .differentNames:
            LocalizedText(en: "But their names differ: \(detail)", es: "Pero sus nombres difieren: \(detail)")
        case .ownAccounts:
            LocalizedText(
                en: "But each has a WhatsApp account of their own",
                es: "Pero cada uno tiene su propia cuenta de WhatsApp")
        case .byHand: LocalizedText(en: "Chosen by a person", es: "Elegido por una persona")
        case .meta:
            LocalizedText(
                en: "WhatsApp named both in one event: \(detail)",
                es: "WhatsApp nombró a ambos en un mismo evento: \(detail)")
        }
    }
}
