/// The names by which a company is registered: the one that WhatsApp has verified for the number, and the workspace's.
/// A message identifies its sender (R12) when one of them stands in it.
package struct SenderName: Equatable, Sendable {
    /// As they are written, the verified one first.
    package let names: [String]

    /// - Parameter names: nil and blank ones are left out.
    package init(_ names: [String?]) {
        var kept: [String] = []
        for name in names.compactMap(\.self) where !name.allSatisfy(\.isWhitespace) && !kept.contains(name) {
            kept.append(name)
        }
        self.names = kept
    }

    /// The name that people are told to write.
    package var shown: String { names.first ?? "" }

    /// Whether the text says one of the names, in whatever capitals and accents, as whole words. The ending that says
    /// what kind of company it is (S.A., Ltd, 有限公司) may be missing. An address on the web is no name.
    package func isNamed(in text: String) -> Bool {
        let words = NameWords(text.withoutAddresses)
        return names.contains { name in
            let wanted = NameWords(name).withoutLegalForm
            // A name of nothing but signs has no words to look for; one that is an address itself stands in no text
            // without addresses.
            if wanted.isEmpty { return text.contains(name) }
            return wanted.stand(in: name.hasAddress ? NameWords(text) : words)
        }
    }
}

/// A text as names are looked for in it.
private struct NameWords {
    private let words: [String]

    init(_ text: String) {
        words = text.searchable.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private init(words: [String]) {
        self.words = words
    }

    var isEmpty: Bool { words.isEmpty }

    func stand(in text: NameWords) -> Bool {
        guard !words.isEmpty else { return false }
        if isWrittenWithoutSpaces { return text.words.joined().contains(words.joined()) }
        return text.words.indices.contains { text.words[$0...].starts(with: words) }
    }

    /// Never less than a letter and another.
    var withoutLegalForm: NameWords {
        var rest = words
        while let form = Self.legalForms.first(where: { rest.count > $0.count && rest.suffix($0.count) == $0[...] }) {
            rest.removeLast(form.count)
        }
        if rest.count == 1, let ending = Self.joinedForms.first(where: { rest[0].hasSuffix($0) }) {
            rest[0].removeLast(ending.count)
        }
        return rest.joined().count < 2 ? self : NameWords(words: rest)
    }

    private var isWrittenWithoutSpaces: Bool {
        words.contains { $0.unicodeScalars.contains(where: \.isOfScriptWithoutSpaces) }
    }

    private static let joinedForms = ["股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "株式会社"]

    /// Longer ones first. Left out is what is part of many a name: Co., Company, Spa.
    private static let legalForms: [[String]] = [
        "s a p i de c v", "s a b de c v", "s de r l de c v", "s a de c v", "sapi de cv", "sab de cv", "sa de cv",
        "e i r l", "s a s", "s r l", "s l u", "s a u", "co ltd", "pty ltd", "pvt ltd", "private limited", "s a", "s l",
        "c a", "sas", "srl", "slu", "sau", "sa", "sl", "eirl", "ltda", "ltd", "limited", "inc", "incorporated", "corp",
        "corporation", "llc", "llp", "plc", "gmbh", "bv", "nv", "sarl", "eurl",
    ].map { $0.split(separator: " ").map(String.init) }
}

extension Unicode.Scalar {
    /// Han, kana, Hangul, Thai: words stand side by side, or endings are glued on.
    fileprivate var isOfScriptWithoutSpaces: Bool {
        switch value {
        case 0x0E00...0x0E7F, 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x323AF: true
        default: false
        }
    }
}

extension String {
    fileprivate var withoutAddresses: String {
        split(whereSeparator: \.isWhitespace).filter { !$0.isAddress }.joined(separator: " ")
    }

    fileprivate var hasAddress: Bool { split(whereSeparator: \.isWhitespace).contains(where: \.isAddress) }
}

extension Substring {
    fileprivate var isAddress: Bool {
        let word = lowercased()
        return word.contains("://") || word.contains("@") || word.hasPrefix("www.")
    }
}
