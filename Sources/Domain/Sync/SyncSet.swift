/// Several words in one value: labels, a list with many choices. Written with `;` between them, as CRMs do.
package struct SyncSet: Equatable, Sendable {
    /// Without blanks around them, none twice whatever its case; the first writing of each stays.
    package private(set) var words: [String]

    package init(_ words: some Sequence<String>) {
        var seen: Set<String> = []
        self.words = words.map(\.tidied).filter { !$0.isEmpty && seen.insert(Self.key($0)).inserted }
    }

    package init(_ text: String) {
        self.init(text.split(separator: ";").map(String.init))
    }

    /// Sorted, so that equal sets are equal texts.
    package var text: String {
        words.sorted { (Self.key($0), $0) < (Self.key($1), $1) }.joined(separator: ";")
    }

    package func contains(_ word: String) -> Bool {
        let key = Self.key(word)
        return words.contains { Self.key($0) == key }
    }

    /// What both come to, given what they agreed on last: whatever either added is in, whatever either took away is out.
    ///
    /// What was never agreed on was not ours to take away: a word that only one side has and that is new stays.
    package static func merged(_ ours: SyncSet, _ theirs: SyncSet, agreed: SyncSet) -> SyncSet {
        let all = SyncSet(ours.words + theirs.words)
        return SyncSet(
            all.words.filter { word in
                !agreed.contains(word) || (ours.contains(word) && theirs.contains(word))
            })
    }

    /// What both have.
    package func common(with other: SyncSet) -> SyncSet { SyncSet(words.filter(other.contains)) }

    private static func key(_ word: String) -> String { word.lowercased() }
}
