/// The words of a person's name, folded, so that two writings of it can be compared. A name alone never joins anybody.
package struct FoldedName: Hashable, Sendable {
    /// Sorted: "Fernández, Lucía" and "Lucía Fernández" are one name.
    package let words: [String]

    /// Nil for what is no name: nothing, or a number in place of one.
    package init?(_ name: String) {
        let words = name.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.prefix(8)
            .map { String($0).folded }.filter { !$0.isEmpty }
        guard words.contains(where: { $0.contains(where: \.isLetter) }) else { return nil }
        self.words = words.sorted()
    }

    package var key: String { words.joined(separator: " ") }

    /// Whether the one says less than the other and nothing else: "Lucía" and "Lucía Fernández"; or two words of at least
    /// five letters differ in one letter: "Fernandes" and "Fernandez".
    package func isLike(_ other: FoldedName) -> Bool {
        let (mine, theirs) = (Set(words), Set(other.words))
        if mine.isSubset(of: theirs) || theirs.isSubset(of: mine) { return true }
        let (left, right) = (mine.subtracting(theirs), theirs.subtracting(mine))
        guard left.count == 1, right.count == 1, let one = left.first, let two = right.first else { return false }
        return Self.differByOneLetter(one, two)
    }

    private static func differByOneLetter(_ one: String, _ two: String) -> Bool {
        let (one, two) = (Array(one), Array(two))
        guard min(one.count, two.count) >= 5, abs(one.count - two.count) <= 1 else { return false }
        let same = zip(one, two).prefix { $0 == $1 }.count
        let (left, right) = (one.dropFirst(same), two.dropFirst(same))
        return left.dropFirst() == right.dropFirst() || left.dropFirst() == right || left == right.dropFirst()
    }
}
