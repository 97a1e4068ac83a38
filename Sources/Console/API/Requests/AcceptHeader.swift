import Domain

/// Reads what a program is willing to get (RFC 9110, 12.5).
enum AcceptHeader {
    /// The language that it likes best of those we write; English without a wish.
    static func language(_ header: String?) -> Language {
        let wishes = elements(header).compactMap { element -> (Language, Double)? in
            let tag = element.name.prefix { $0 != "-" }.lowercased()
            return Language(rawValue: tag).map { ($0, element.quality) }
        }
        // Of equal wishes the first counts.
        return wishes.reduce(nil as (Language, Double)?) { best, wish in
            wish.1 > (best?.1 ?? 0) ? wish : best
        }?.0 ?? .english
    }

    /// Whether JSON is among what it takes.
    static func takesJSON(_ header: String?) -> Bool {
        guard let header, !header.allSatisfy(\.isWhitespace) else { return true }
        let ranges = elements(header)
        // The most specific range decides.
        for name in ["application/json", "application/*", "*/*"] {
            if let range = ranges.first(where: { $0.name.lowercased() == name }) { return range.quality > 0 }
        }
        return false
    }

    private static func elements(_ header: String?) -> [(name: Substring, quality: Double)] {
        (header ?? "").prefix(1000).split(separator: ",").prefix(30).map { element in
            let parts = element.split(separator: ";").map { $0.trimming }
            let quality = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }.flatMap {
                Double($0.dropFirst(2))
            }
            return (parts.first ?? "", quality ?? 1)
        }
    }
}

extension Substring {
    var trimming: Substring {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }
}
