/// What all entries of one purpose come to.
package struct ConsentStanding: Equatable, Sendable {
    package enum Word: String, Codable, Sendable { case granted, withdrawn }

    package let word: Word
    /// A yes that the person confirmed in answer to a question of ours.
    package let isDouble: Bool
    /// Since when it has been so without a break.
    package let since: Timestamp
    /// The newest entry that says so.
    package let entry: ConsentEntryID

    package init(word: Word, isDouble: Bool = false, since: Timestamp, entry: ConsentEntryID) {
        self.word = word
        self.isDouble = word == .granted && isDouble
        self.since = since
        self.entry = entry
    }

    /// The newest word wins, by the time at which it was said and not at which it reached us; of two said in the same
    /// second (WhatsApp tells no finer) the no. Nil when nobody has said anything that counts.
    ///
    /// - A no is lifted by a later yes that ``ConsentSource/liftsWithdrawal(words:)``, never by an older one.
    /// - A confirmed yes stays confirmed when a plain one follows.
    /// - Meta's "resume" gives back what there was before Meta's "stop", and nothing beyond it.
    /// - A merge says outright what both sides came to.
    /// - Parameter entries: of one contact and one purpose, in any order.
    package static func of(_ entries: some Sequence<ConsentEntry>) -> ConsentStanding? {
        tally(of: entries).standing
    }

    /// Whether a no stands that nobody but Meta told of, so that Meta's "resume" would lift it.
    static func mayBeResumed(_ entries: some Sequence<ConsentEntry>) -> Bool { tally(of: entries).mayBeResumed }

    private static func tally(of entries: some Sequence<ConsentEntry>) -> ConsentTally {
        var tally = ConsentTally()
        for entry in entries.sorted(by: isSaidBefore) { tally.hear(entry) }
        return tally
    }

    /// The stricter of two: a no before a yes whatever their times, a plain yes before a confirmed one.
    package static func strictest(_ one: ConsentStanding?, _ other: ConsentStanding?) -> ConsentStanding? {
        guard let one else { return other }
        guard let other else { return one }
        return one.strictness >= other.strictness ? one : other
    }

    /// Whether it holds more back than the other, or than nothing that was said: without a word there are no promotions,
    /// but a no also outlasts lists and lets nobody ask.
    package func isStricter(than other: ConsentStanding?) -> Bool {
        guard let other else { return word == .withdrawn }
        return strictness > other.strictness
    }

    private var strictness: Int {
        switch (word, isDouble) {
        case (.granted, true): 0
        case (.granted, false): 1
        case (.withdrawn, _): 2
        }
    }

    private static func isSaidBefore(_ one: ConsentEntry, _ other: ConsentEntry) -> Bool {
        if one.second != other.second { return one.second < other.second }
        let (isOne, isOther) = (one.change == .withdrawn, other.change == .withdrawn)
        if isOne != isOther { return isOther }
        return one.at == other.at ? one.id < other.id : one.at < other.at
    }
}

extension ConsentEntry {
    fileprivate var second: Int64 { at.milliseconds / 1000 }
}

/// Goes through entries in the order of time.
private struct ConsentTally {
    private(set) var standing: ConsentStanding?
    /// While nobody but Meta has said no: what there was before.
    private var beforeMeta: ConsentStanding??

    var mayBeResumed: Bool { standing?.word == .withdrawn && beforeMeta != nil }

    mutating func hear(_ entry: ConsentEntry) {
        switch (entry.change, entry.source) {
        case (.requested, _): break
        case (.granted, .merge):
            beforeMeta = nil
            standing = ConsentStanding(word: .granted, isDouble: entry.isDouble, since: entry.at, entry: entry.id)
        case (.withdrawn, .merge):
            beforeMeta = nil
            standing = ConsentStanding(word: .withdrawn, since: entry.at, entry: entry.id)
        case (.withdrawn, let source): withdraw(entry, source)
        case (.granted, .meta): resume(entry)
        case (.granted, let source): grant(entry, source)
        }
    }

    private mutating func withdraw(_ entry: ConsentEntry, _ source: ConsentSource) {
        let isFirst = standing?.word != .withdrawn
        if source != .meta {
            beforeMeta = nil
        } else if isFirst {
            beforeMeta = .some(standing)
        }
        let since = isFirst ? entry.at : standing?.since ?? entry.at
        standing = ConsentStanding(word: .withdrawn, since: since, entry: entry.id)
    }

    private mutating func resume(_ entry: ConsentEntry) {
        guard standing?.word == .withdrawn, let before = beforeMeta else { return }
        beforeMeta = nil
        standing = before.map {
            ConsentStanding(word: $0.word, isDouble: $0.isDouble, since: entry.at, entry: entry.id)
        }
    }

    private mutating func grant(_ entry: ConsentEntry, _ source: ConsentSource) {
        switch standing?.word {
        case .withdrawn where !source.liftsWithdrawal(words: entry.words): return
        case .granted:
            guard let granted = standing else { return }
            standing = ConsentStanding(
                word: .granted, isDouble: granted.isDouble || entry.isDouble, since: granted.since, entry: entry.id)
        case .withdrawn, nil:
            beforeMeta = nil
            standing = ConsentStanding(word: .granted, isDouble: entry.isDouble, since: entry.at, entry: entry.id)
        }
    }
}
