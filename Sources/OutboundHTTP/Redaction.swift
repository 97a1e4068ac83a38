/// What may be logged or kept of texts that can hold secrets.
package enum Redaction {
    private static let mark = "[redacted]"

    /// Scheme, host and path. User names, passwords, fragments and the values of the query are left out, and so are
    /// parts of the path long enough to be a key (addresses of webhooks often hold one).
    package static func url(_ url: String) -> String {
        let withoutFragment = url.prefix { $0 != "#" }
        let pieces = withoutFragment.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let place = pieces.first.map(redactedPlace) ?? ""
        guard pieces.count == 2 else { return String(place.prefix(300)) }
        let names = pieces[1].split(separator: "&").map { "\($0.prefix { $0 != "=" })=…" }
        return String("\(place)?\(names.joined(separator: "&"))".prefix(300))
    }

    /// A vendor's text for the operator: known secrets and whatever follows `Bearer` or looks like a token are replaced,
    /// control characters become spaces, and it is cut at `limit` characters.
    package static func text(_ text: String, secrets: [String] = [], limit: Int = 500) -> String {
        var result = String(text.prefix(limit * 4))
        for secret in secrets where secret.utf8.count >= 4 {
            result = result.split(separator: secret, omittingEmptySubsequences: false).joined(separator: mark)
        }
        let words = result.split(omittingEmptySubsequences: false) { $0.isWhitespace || $0.isControl }
        var previous = Substring()
        let kept = words.map { word -> String in
            defer { previous = word }
            let followsScheme = previous.lowercased().hasSuffix("bearer") || previous.lowercased().hasSuffix("basic")
            if followsScheme { return mark }
            return looksLikeToken(word) && !isTrace(word, after: previous) ? mark : String(word)
        }
        return String(kept.joined(separator: " ").prefix(limit))
    }

    /// The id that Meta's support asks for.
    private static func isTrace(_ word: Substring, after previous: Substring) -> Bool {
        previous == "fbtrace_id" && word.utf8.count <= 32
    }

    private static func redactedPlace(_ place: Substring) -> String {
        var segments = place.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for index in segments.indices where index > 2 && segments[index].utf8.count >= 20 {
            if looksLikeToken(Substring(segments[index])) { segments[index] = "…" }
        }
        if segments.count > 2, let at = segments[2].lastIndex(of: "@") {
            segments[2] = String(segments[2][segments[2].index(after: at)...])
        }
        return segments.joined(separator: "/")
    }

    /// Access tokens of Meta, HubSpot and others: long, without a space, letters and digits mixed.
    private static func looksLikeToken(_ word: Substring) -> Bool {
        guard word.utf8.count >= 20 else { return false }
        let core = word.utf8.filter { byte in byte.isASCIIDigit || byte.isASCIILetter }
        let digits = core.count { $0.isASCIIDigit }
        // UUIDs and trace ids of vendors are needed for their support: hexadecimal groups stay.
        let isIdentifier = word.utf8.allSatisfy { $0.isHexDigit || $0 == UInt8(ascii: "-") || $0.isQuoting }
        return !isIdentifier && core.count * 10 >= word.utf8.count * 8 && digits >= 3 && digits < core.count
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.allSatisfy { $0.properties.generalCategory == .control } }
}

extension UInt8 {
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercasedASCII) }
    fileprivate var isHexDigit: Bool {
        isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(lowercasedASCII)
    }
    fileprivate var isQuoting: Bool { "\"'(),.:;[]{}".utf8.contains(self) }
}
