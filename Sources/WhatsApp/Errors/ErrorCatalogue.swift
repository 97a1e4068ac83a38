package import Domain

/// Meta's error codes: what to do with the call, what it covers, and the sentence for a person.
/// Source: Cloud API, "Error codes"; codes absent there come from the pages of the single functions. Graph API v25.0.
package enum ErrorCatalogue {
    /// How a failure that came by webhook (`statuses[].errors[]`, `messages[].errors[]`) is told to people.
    package struct Explanation: Equatable, Sendable {
        /// What happened, in a few words: "Outside the 24-hour window".
        package let title: LocalizedText
        /// What happened and what to do next.
        package let advice: LocalizedText
    }

    package static func explanation(forStatusFailure failure: GraphFailure) -> Explanation {
        if let entry = entry(code: failure.code, subcode: nil) {
            return Explanation(title: entry.title, advice: entry.advice)
        }
        let vendor = [failure.title, failure.details].compactMap(\.self).joined(separator: ": ")
        return Explanation(title: unknown.title, advice: unknown.advice.appending(vendor: vendor))
    }

    /// The wait after the n-th refusal in a row (from 1) for sending too fast to one customer (131056): 4 s, 16 s, 64 s, …
    /// up to a bit over an hour. Meta asks for 4^n seconds.
    package static func pairWait(afterRefusals count: Int) -> Duration {
        .seconds(1 << (2 * min(max(count, 1), 6)))
    }

    static func entry(code: Int, subcode: Int?) -> CatalogueEntry? {
        // Object does not exist: Graph says 100 with subcode 33.
        if code == 100, subcode == 33 { return entries[33] }
        if let subcode, let entry = entries[subcode], subcode > 1_000_000 { return entry }
        if let entry = entries[code] { return entry }
        switch code {
        case 200...299: return entries[200]
        case 138_000..<139_000: return entries[138_000]
        case 2_388_000..<2_389_000: return entries[2_388_000]
        default: return nil
        }
    }

    /// Every code that has a line of its own.
    static let entries: [Int: CatalogueEntry] = {
        let lines =
            accountLines + limitLines + serviceLines + recipientLines + requestLines + templateLines + setupLines
        let pairs = lines.flatMap { line in line.codes.map { ($0, line.entry) } }
        return Dictionary(pairs) { first, _ in first }
    }()

    static let unknown = (
        title: LocalizedText(en: "WhatsApp refused it", es: "WhatsApp lo rechazó"),
        advice: LocalizedText(
            en: "WhatsApp refused this with a reason that this version does not know.",
            es: "WhatsApp lo rechazó por un motivo que esta versión no conoce.")
    )
}

extension LocalizedText {
    /// Meta's own words after ours, for codes that we have no sentence for.
    func appending(vendor text: String) -> LocalizedText {
        guard !text.isEmpty else { return self }
        return LocalizedText(en: "\(en) Meta says: \(text)", es: "\(es) Meta indica: \(text)")
    }
}
