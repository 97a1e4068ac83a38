/// Whether two contacts may be one person: a score from 1 to 99 with its reasons. A guess, and told as one: whoever reads
/// the reasons decides.
///
/// Each reason leaves open what it does not explain: two of 60 % make 84 %. A name alone is no reason to suggest anything;
/// company, city and numbers that are merely alike count between contacts of one name.
package struct DuplicateJudgement: Equatable, Sendable {
    /// Below it nobody is asked.
    package static let suggested = 50

    package let score: Int
    /// The weightiest first, then what speaks against it.
    package let reasons: [DuplicateReason]

    package var isSuggested: Bool { score >= Self.suggested }

    package init(_ first: ContactEvidence, _ second: ContactEvidence) {
        let names = Names(first, second)
        let hard = Self.sharedHandles(first, second) + Self.sharedFacts(first, second)
        var reasons = hard
        if let name = names.reason { reasons.append(name) }
        if names.reason != nil, let near = Self.nearPhones(first, second, sameName: names.areSame) {
            reasons.append(near)
        }
        if names.areSame { reasons += Self.sameSurroundings(first, second) }
        let doubts = Self.doubts(first, second, names: names)
        self.reasons = reasons.sorted { $0.kind.weight > $1.kind.weight } + doubts
        // A name, and what only counts beside a name, say nothing when they are all there is.
        let isOnlyName = reasons.allSatisfy { $0.kind == .sameName || $0.kind == .similarName }
        score = isOnlyName ? 0 : Self.score(reasons, doubts)
    }

    private static func score(_ reasons: [DuplicateReason], _ doubts: [DuplicateReason]) -> Int {
        let open = reasons.reduce(1.0) { $0 * (1 - Double($1.kind.weight) / 100) }
        let sure = doubts.reduce(1 - open) { $0 * Double($1.kind.weight) / 100 }
        return min(99, Int((sure * 100).rounded()))
    }

    // MARK: What is the same

    private static func sharedHandles(_ first: ContactEvidence, _ second: ContactEvidence) -> [DuplicateReason] {
        var reasons: [DuplicateReason] = []
        if let record = first.records.intersection(second.records).min(by: { $0.remoteID < $1.remoteID }) {
            reasons.append(DuplicateReason(.sameRecord, "\(record.crm) \(record.remoteID)"))
        }
        if let email = first.emails.intersection(second.emails).min() { reasons.append(.init(.sameEmail, email)) }
        if let username = first.username?.lowercased(), username == second.username?.lowercased() {
            reasons.append(.init(.sameUsername, username))
        }
        let numbers = Set(first.phones.map(\.digits)).intersection(second.phones.map(\.digits))
        if let number = numbers.min() {
            reasons.append(.init(.formerNumber, "+\(number)"))
        } else if let pair = pair(first, second, where: { $0 == .withoutCountry }) {
            reasons.append(.init(.numberWithoutCountry, pair.text))
        }
        return reasons
    }

    private static func sharedFacts(_ first: ContactEvidence, _ second: ContactEvidence) -> [DuplicateReason] {
        shared(first.documents, second.documents).map { [DuplicateReason(.sameDocument, $0)] } ?? []
    }

    private static func sameSurroundings(_ first: ContactEvidence, _ second: ContactEvidence) -> [DuplicateReason] {
        [
            shared(first.companies, second.companies).map { DuplicateReason(.sameCompany, $0) },
            shared(first.cities, second.cities).map { DuplicateReason(.sameCity, $0) },
        ].compactMap(\.self)
    }

    private static func shared(_ first: [String: String], _ second: [String: String]) -> String? {
        Set(first.keys).intersection(second.keys).min().flatMap { first[$0] }
    }

    private static func nearPhones(
        _ first: ContactEvidence, _ second: ContactEvidence, sameName: Bool
    ) -> DuplicateReason? {
        if let pair = pair(first, second, where: { [.oneDigit, .transposed, .missingDigit].contains($0) }) {
            return DuplicateReason(.nearNumber, pair.text)
        }
        guard sameName else { return nil }
        return pair(first, second) { $0 == .ending }.map { DuplicateReason(.sameEnding, $0.text) }
    }

    private struct Pair {
        let text: String
    }

    /// The first pair of their numbers that is alike in this way.
    private static func pair(
        _ first: ContactEvidence, _ second: ContactEvidence, where isMeant: (PhoneNearness) -> Bool
    ) -> Pair? {
        for one in first.phones.sorted(by: { $0.digits < $1.digits }) {
            for two in second.phones.sorted(by: { $0.digits < $1.digits }) {
                if let nearness = PhoneNearness.between(one.digits, two.digits), isMeant(nearness) {
                    return Pair(text: "+\(one.digits) / +\(two.digits)")
                }
            }
        }
        return nil
    }

    // MARK: What speaks against it

    private static func doubts(
        _ first: ContactEvidence, _ second: ContactEvidence, names: Names
    ) -> [DuplicateReason] {
        var doubts: [DuplicateReason] = []
        if let pair = names.differing { doubts.append(.init(.differentNames, pair)) }
        let haveBoth = first.userIDs.contains { scope, id in second.userIDs[scope].map { $0 != id } ?? false }
        if haveBoth { doubts.append(.init(.ownAccounts)) }
        return doubts
    }

    /// Each of the one's names beside each of the other's: the best pair counts.
    private struct Names {
        let reason: DuplicateReason?
        /// Both, where none of them are alike.
        let differing: String?

        var areSame: Bool { reason?.kind == .sameName }

        init(_ first: ContactEvidence, _ second: ContactEvidence) {
            let (mine, theirs) = (first.foldedNames, second.foldedNames)
            let same = mine.first { one in theirs.contains { $0.folded == one.folded } }
            let like = mine.lazy.flatMap { one in theirs.map { (one, $0) } }.first { $0.0.folded.isLike($0.1.folded) }
            if let same {
                reason = DuplicateReason(.sameName, same.name)
                differing = nil
            } else if let like {
                reason = DuplicateReason(.similarName, "\(like.0.name) / \(like.1.name)")
                differing = nil
            } else {
                reason = nil
                differing = mine.first.flatMap { one in theirs.first.map { "\(one.name) / \($0.name)" } }
            }
        }
    }
}
