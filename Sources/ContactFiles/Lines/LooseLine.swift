/// A line of pasted text: one person's number and address with whatever stands around them, or several persons'
/// numbers one after the other.
struct LooseLine {
    /// Name, phone, e-mail: one entry for each person found.
    let rows: [[String]]

    /// Nil when it is one person's and longer than anything about one person.
    init?(_ text: String, maxPersonBytes: Int = .max) {
        let pieces = Self.pieces(text)
        let looks = pieces.map(CellLook.init)
        if pieces.count > 1, looks.allSatisfy({ $0 == .phone || $0 == .email }), Self.holdsSeveral(looks) {
            rows = zip(pieces, looks).map { $1 == .phone ? ["", $0, ""] : ["", "", $0] }
        } else {
            guard text.utf8.count <= maxPersonBytes else { return nil }
            rows = [Self.person(in: text)]
        }
    }

    /// Whether there is nothing in it but telephone numbers.
    static func holdsNumbersOnly(_ text: String) -> Bool {
        pieces(text).allSatisfy(CellLook.isPhone)
    }

    private static func pieces(_ text: String) -> [String] {
        text.split { ",;\t|、，；".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// A number and an address may be one person's; two numbers are two persons'.
    private static func holdsSeveral(_ looks: [CellLook]) -> Bool {
        looks.count { $0 == .phone } > 1 || looks.count { $0 == .email } > 1
    }

    private static func person(in text: String) -> [String] {
        var words = text.split { $0.isWhitespace || $0 == "<" || $0 == ">" || $0 == "," || $0 == ";" }.map {
            String($0)
        }
        let email = words.firstIndex { CellLook.isEmail($0.trimmedOfMarks) }.map { words.remove(at: $0).trimmedOfMarks }
        var phone = ""
        if let found = longestPhone(in: words) {
            phone = words[found].joined(separator: " ").trimmedOfMarks
            words.removeSubrange(found)
        }
        return [words.joined(separator: " ").trimmedOfMarks, phone, email ?? ""]
    }

    /// The words that make the longest number together: "+34 612 345 678" is four.
    private static func longestPhone(in words: [String]) -> Range<Int>? {
        var best: Range<Int>?
        for start in words.indices {
            // A number that is written with more blanks than this is none.
            for end in start + 1...min(words.count, start + 10) {
                // "3: 0912345678" is the third number, not one that begins with 3.
                if end - 1 > start, words[end - 2].last == ":", CellLook.hasNoLetters(words[end - 2]) { break }
                let candidate = words[start..<end].joined(separator: " ").trimmedOfMarks
                guard CellLook.isPhone(candidate) else { continue }
                if best.map({ end - start > $0.count }) ?? true { best = start..<end }
            }
        }
        return best
    }
}

extension String {
    /// Without the marks that lists put around their items.
    fileprivate var trimmedOfMarks: String {
        let marks = Set<Character>(" \t-–—•*·:.,;|\"'“”‘’<>[]")
        let start = drop { marks.contains($0) }
        let end = start.reversed().drop { marks.contains($0) }
        return String(String(end).reversed())
    }
}
