import Domain

/// What somebody typed to find contacts. It may name a person, so it stands in a table of its own beside the audit trail,
/// from which nothing is taken: an erasure deletes what was typed to find the person, and the entry in the trail, which
/// says that somebody searched, stays. The row has the entry's id.
struct SearchNote {
    /// What an entry's detail has where something was typed.
    static let mark = "typed"
    /// Beyond so many searches of one person in an hour the trail says once that there were more.
    static let most = 200
    static let step: Duration = .hours(1)
    /// A search box sends each pause of a fraction of a second: what goes on within this is one search.
    static let pause: Duration = .seconds(15)
    /// Fewer letters are the beginning of a word that is being typed: a list, as far as the trail is concerned.
    private static let shortest = 3
    private static let longest = 100

    let words: String
    let folded: String

    /// Nil for what is too short to be a search.
    init?(_ query: String) {
        let words = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.count >= Self.shortest else { return nil }
        self.words = String(words.prefix(Self.longest))
        folded = self.words.searchable
    }
}

/// What is written down of somebody who lists or searches contacts.
enum ListingDecision: Equatable {
    /// It stands there, or something that says more.
    case known
    /// They have typed on: the words of this entry become the longer ones.
    case grown(Int64)
    case added
    /// There were too many in this hour, and nothing says so yet.
    case more
    case dropped
}

extension ListingDecision {
    /// An entry of the same person, in the last hour.
    struct Entry {
        let id: Int64
        let detail: String
        /// Nil where nothing was typed, or where it was for somebody erased since.
        let words: String?
        let folded: String?
        let at: Timestamp?
    }

    /// - Parameter detail: as the entry would have it.
    init(_ note: SearchNote?, detail: String, after entries: [Entry], now: Timestamp) {
        let alike = entries.filter { $0.detail == detail }
        if alike.contains(where: { $0.words == note?.words }) {
            self = .known
            return
        }
        if let note {
            let recent = alike.filter { $0.at.map { $0 >= now - SearchNote.pause } ?? false }
            if recent.contains(where: { $0.folded?.hasPrefix(note.folded) ?? false }) {
                self = .known
                return
            }
            if let begun = recent.first(where: { entry in entry.folded.map { note.folded.hasPrefix($0) } ?? false }) {
                self = .grown(begun.id)
                return
            }
        }
        switch entries.count {
        case ..<SearchNote.most: self = .added
        case SearchNote.most: self = .more
        default: self = .dropped
        }
    }
}
