/// Which of two contacts' values a merged contact keeps. What nobody chose is the winner's, and the other's where the
/// winner has nothing.
package struct MergeChoices: Equatable, Sendable {
    package enum Side: String, CaseIterable, Codable, Sendable {
        /// The contact that stays.
        case winner
        /// The contact that is merged into it.
        case loser
    }

    /// What a contact has one of.
    package enum Column: String, CaseIterable, Codable, Sendable {
        case name
        case profileName = "profile_name"
        case username, language, note
    }

    /// Whose value it is, column by column. A note that nobody chose keeps both texts.
    package var columns: [Column: Side]
    package var fields: [FieldID: Side]

    package init(columns: [Column: Side] = [:], fields: [FieldID: Side] = [:]) {
        self.columns = columns
        self.fields = fields
    }

    /// The value that stays; nil when there is none.
    package func value(of column: Column, winner: String?, loser: String?) -> String? {
        let (winner, loser) = (winner.nonBlank, loser.nonBlank)
        switch columns[column] {
        case .winner: return winner
        case .loser: return loser
        case nil:
            if column == .note, let winner, let loser, winner != loser { return "\(winner)\n\n\(loser)" }
            return winner ?? loser
        }
    }

    /// Whether the loser's value of a field stays.
    package func keepsLoser(_ field: FieldID, hasWinner: Bool) -> Bool {
        fields[field].map { $0 == .loser } ?? !hasWinner
    }
}

extension String? {
    fileprivate var nonBlank: String? {
        flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
}
