@testable import Domain

/// What is known of people from outside, in the plain words of R11 and R12: an oracle that knows nothing of the ledger's
/// rules, of contacts, or of how conversations are kept. A person is whoever reads a WhatsApp account.
struct ConsentOracle {
    struct Person {
        var phone: String
        /// There is a contact of theirs.
        var exists = false
        /// Their data went at their wish, and they have not written since.
        var isErased = false
        /// Seconds of the words that count.
        var noes: [Int64] = []
        /// Those that only Meta has told of.
        var metaNoes: [Int64] = []
        /// A yes that somebody gave or wrote down with its words.
        var yeses: [Int64] = []
        /// A yes that a list or a CRM told of.
        var listed: [Int64] = []
        /// Nil where nobody can say: it was changed while two were one.
        var isBlocked: Bool? = false
        /// When they wrote last, and when the window opened that this is in.
        var lastInbound: Int64?
        var windowOpened: Int64?
        /// Messages that told this account who writes, and that were not turned down afterwards.
        var introductions: [MessageID: Int64] = [:]
        /// How often they heard that their no was understood, and how often something was said that could have lifted it.
        var confirmations = 0
        var openings = 0

        /// Whether a no stands that no later yes has lifted.
        fileprivate var refuses: Bool {
            guard let last = (noes + metaNoes).max() else { return false }
            return !yeses.contains { $0 > last }
        }
    }

    /// Two contacts that are one for the company: the stricter word of both holds.
    struct Merge {
        let winner: Int
        let loser: Int
        let change: ChangeID
        /// One of them had said no by then, whatever the other says.
        let strictNo: Int64?
        /// One of them took Meta's stop back since.
        var resumed: Int64?

        func joins(_ place: Int) -> Bool { place == winner || place == loser }
    }

    var people: [Person]
    private(set) var merges: [Merge] = []

    init(phones: [String]) {
        people = phones.map { Person(phone: $0) }
    }

    func merge(of place: Int) -> Merge? { merges.first { $0.joins(place) } }

    /// Everybody who is this person for the company.
    func circle(of place: Int) -> [Int] { merge(of: place).map { [$0.winner, $0.loser] } ?? [place] }

    // MARK: Judgements

    func mayBePromoted(_ place: Int) -> Bool {
        let merge = merge(of: place)
        let circle = circle(of: place).map { people[$0] }
        let metaNoes = circle.flatMap(\.metaNoes).filter { no in merge?.resumed.map { no > $0 } ?? true }
        let yeses = circle.flatMap(\.yeses)
        if let last = (circle.flatMap(\.noes) + metaNoes + [merge?.strictNo].compactMap(\.self)).max() {
            return yeses.contains { $0 > last }
        }
        return !yeses.isEmpty || circle.contains { !$0.listed.isEmpty }
    }

    func isBlocked(_ place: Int) -> Bool { circle(of: place).contains { people[$0].isBlocked == true } }

    private static let day: Int64 = 24 * 60 * 60

    func isWindowOpen(_ place: Int, at second: Int64) -> Bool {
        people[place].lastInbound.map { second - $0 < Self.day } ?? false
    }

    /// The company named itself to this account since its window opened, or in the day before.
    func knowsSender(_ place: Int) -> Bool {
        let since = (people[place].windowOpened ?? .max) - Self.day
        return people[place].introductions.values.contains { $0 >= since }
    }

    // MARK: What happens

    mutating func wrote(_ place: Int, at second: Int64) {
        if people[place].isErased {
            people[place] = Person(phone: people[place].phone)
        }
        if !isWindowOpen(place, at: second) { people[place].windowOpened = second }
        people[place].lastInbound = second
        people[place].exists = true
    }

    /// The company knows no more than that it was said to the merged person.
    mutating func recordedNo(_ place: Int, at second: Int64) {
        for member in circle(of: place) { people[member].noes.append(second) }
    }

    /// It goes with the contact that it was written down for: the one that the two became.
    mutating func recordedYes(_ place: Int, at second: Int64, isListed: Bool) {
        let owner = merge(of: place)?.winner ?? place
        if isListed { people[owner].listed.append(second) } else { people[owner].yeses.append(second) }
        open(place)
    }

    /// Something was said that could lift a no.
    mutating func open(_ place: Int) {
        for member in circle(of: place) { people[member].openings += 1 }
    }

    mutating func resumed(_ place: Int, at second: Int64) {
        people[place].metaNoes = []
        if let index = merges.firstIndex(where: { $0.joins(place) }) { merges[index].resumed = second }
        open(place)
    }

    mutating func merged(_ loser: Int, into winner: Int, by change: ChangeID, at second: Int64) {
        let refuses = people[winner].refuses || people[loser].refuses
        merges.append(
            Merge(winner: winner, loser: loser, change: change, strictNo: refuses ? second : nil, resumed: nil))
        open(winner)
    }

    mutating func parted(_ merge: Merge) {
        open(merge.winner)
        merges.removeAll { $0.change == merge.change }
    }

    mutating func erased(_ place: Int) {
        for member in circle(of: place) {
            people[member] = Person(phone: people[member].phone, isErased: true)
        }
        merges.removeAll { $0.joins(place) }
    }
}
