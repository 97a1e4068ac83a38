/// Rounds of changes, one after the other, that read the newest ones once more and brought nothing newer.
///
/// What one round overlaps with the one before is for changes that are seen late. After an import that is a great many
/// records, and a night in which nobody changes anything would read them all again every few minutes. After so many rounds,
/// ten seconds apart at least, nothing comes late any more: the next one begins behind the newest change.
enum QuietRounds {
    static let settled = 16

    /// - Parameters:
    ///   - before: how many there were.
    ///   - isNews: something newer came.
    ///   - isRepeat: a round is over that read something.
    static func count(_ before: Int, isNews: Bool, isRepeat: Bool) -> Int {
        isNews ? 0 : min(settled, before + (isRepeat ? 1 : 0))
    }

    /// The end of a cursor; nothing for none.
    static func text(_ count: Int) -> String { count > 0 ? ".\(count)" : "" }

    /// - Parameter text: what stands at the end of a cursor, or nil.
    /// - Returns: nil for what is no such number.
    static func count(in text: Substring?) -> Int? {
        guard let text else { return 0 }
        return Int(text).flatMap { (0...settled).contains($0) ? $0 : nil }
    }
}
