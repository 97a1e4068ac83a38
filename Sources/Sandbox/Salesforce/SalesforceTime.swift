/// Times as Salesforce writes and reads them: `2026-11-20T09:30:02.000+0000`. It keeps whole seconds only.
enum SalesforceTime {
    static func text(_ milliseconds: Int64) -> String {
        "\(ISOTime.text(whole(milliseconds)).dropLast())+0000"
    }

    /// Cut to the second.
    static func whole(_ milliseconds: Int64) -> Int64 { milliseconds - (milliseconds % 1000 + 1000) % 1000 }

    /// Milliseconds since 1970 of a time with `Z`, `+00:00` or `+0000`, or of a date; nil for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        guard text.contains("-") else { return nil }
        var text = text
        let tail = text.suffix(5)
        if text.contains("T"), let sign = tail.first, "+-".contains(sign), tail.dropFirst().allSatisfy(\.isASCIIDigit) {
            text.insert(":", at: text.index(text.endIndex, offsetBy: -2))
        }
        return ISOTime.milliseconds(text)
    }
}
