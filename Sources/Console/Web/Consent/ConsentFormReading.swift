import Domain
import Foundation

/// What somebody wrote down about consent, out of its form.
struct ConsentFormReading {
    /// What can be kept.
    struct Told {
        let purpose: ConsentPurpose
        let change: ConsentEntry.Change
        let source: ConsentSource
        let words: String
        let at: Timestamp
    }

    /// The form as it was sent, with what is wrong.
    private(set) var draft: ConsentDraft
    /// Nil when something is wrong.
    private(set) var told: Told?

    /// - Parameter zone: a date is a day of the reader's calendar, and counts as said at its noon.
    init(_ form: Form, now: Timestamp, zone: TimeZone) {
        let purpose = form["purpose"].flatMap { ConsentPurpose(rawValue: $0) }
        let change = form["change"].flatMap { ConsentEntry.Change(rawValue: $0) }
        let source = form["source"].flatMap { ConsentSource(rawValue: $0) }
        let words = (form["words"] ?? "").replacing("\r\n", with: "\n")
        let date = form["date"] ?? ""
        draft = ConsentDraft(
            purpose: purpose ?? .marketing, change: change ?? .granted, source: source ?? .staff, words: words,
            date: date)
        guard let purpose, let change, change != .requested, let source, source == .staff || source == .form else {
            draft.error = .incompleteConsent
            return
        }
        guard change == .withdrawn || !words.allSatisfy(\.isWhitespace) else {
            draft.error = .missingWords
            return
        }
        guard let at = Self.moment(date, now: now, zone: zone) else {
            draft.error = .wrongDate
            return
        }
        told = Told(purpose: purpose, change: change, source: source, words: words, at: at)
    }

    private static func moment(_ date: String, now: Timestamp, zone: TimeZone) -> Timestamp? {
        let today = CivilTime(now, in: zone).isoDate
        guard !date.isEmpty, date != today else { return now }
        let parts = date.split(separator: "-").compactMap { Int($0) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        guard date.count == 10, parts.count == 3, parts[0] >= 2000,
            let noon = calendar.date(
                from: DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: 12))
        else { return nil }
        let at = Timestamp(seconds: Int64(noon.timeIntervalSince1970))
        // The calendar takes the 31st of February for a day in March.
        return at <= now && CivilTime(at, in: zone).isoDate == date ? at : nil
    }
}

extension LocalizedText {
    fileprivate static let incompleteConsent = LocalizedText(
        en: "Say to what, what was said and how.", es: "Indique a qué, qué se dijo y cómo.")
    fileprivate static let missingWords = LocalizedText(
        en: "Write the words that the person was shown or said.",
        es: "Escriba las palabras que se le mostraron o que dijo la persona.")
    fileprivate static let wrongDate = LocalizedText(
        en: "This is no date, or it lies ahead.", es: "Eso no es una fecha, o está en el futuro.")
}
