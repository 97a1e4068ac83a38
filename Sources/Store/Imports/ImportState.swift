/// How far an import has come. Whether what it wrote was put back says its change.
///
/// A person moves it from `uploaded` (the file is here) to `checking`, from `checked` (nothing is written yet; the report
/// says what would be) to `importing`, and may cancel at any time; the program moves it from `checking` to `checked` and
/// from `importing` to `done`. `checked` and `failed` go back to `uploaded` when the file is to be read in another way.
/// What an import that was `cancelled` or `failed` wrote until then stays, and can be put back like all of it.
package enum ImportState: String, Codable, SQLConvertible, CaseIterable, Sendable {
    case uploaded, checking, checked, importing, done, cancelled, failed

    /// Whether the program is at work on it.
    package var isRunning: Bool { self == .checking || self == .importing }
    /// Whether nothing moves it on any more.
    package var isOver: Bool { self == .done || self == .cancelled || self == .failed }
}

/// What becomes of a row. Every row has one; they add up to the rows read.
package enum ImportVerdict: String, Codable, SQLConvertible, CaseIterable, Sendable {
    /// Somebody who is not here yet.
    case new
    /// Somebody who is here, of whom the row says something that was not known.
    case fills
    /// Somebody who is here, of whom the row says something else than what is known.
    case changes
    /// Somebody who is here, of whom the row says nothing new.
    case same
    /// Somebody who is here, and who is to be left as they are.
    case kept
    /// The same person stands in an earlier row.
    case duplicate
    /// It cannot be taken.
    case rejected

    /// Those whose person goes into the store.
    package static let accepted: [ImportVerdict] = [.new, .fills, .changes, .same, .kept]
    package var isAccepted: Bool { Self.accepted.contains(self) }
}
