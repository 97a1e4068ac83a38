/// Times as Zoho writes them: whole seconds with the organisation's offset, `2026-11-20T10:30:00+01:00`.
/// Source: Zoho CRM API v8, "Records", samples.
enum ZohoTime {
    private static let offset: Int64 = 3_600_000

    static func text(_ milliseconds: Int64) -> String {
        "\(ISOTime.text(wholeSecond(milliseconds) + offset, compact: true).dropLast())+01:00"
    }

    /// Milliseconds since 1970 of an ISO 8601 time with its zone; nil for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        guard text.utf8.count >= 20, text.contains("T") else { return nil }
        return ISOTime.milliseconds(text).map(wholeSecond)
    }

    static func wholeSecond(_ milliseconds: Int64) -> Int64 { milliseconds / 1000 * 1000 }
}
