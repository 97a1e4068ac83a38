package import Domain
package import PhoneNumbers

/// What was found in a file so far. Every row is counted in one of `clean`, `marked`, `duplicates` and `rejected`.
package struct CleaningFigures: Equatable, Sendable {
    /// Accepted, and nothing to look at.
    package private(set) var clean = 0
    /// Accepted with a mark.
    package private(set) var marked = 0
    package private(set) var duplicates = 0
    package private(set) var rejected = 0

    /// Of accepted contacts with a number, by ISO 3166 alpha-2; under "" those whose number belongs to no country.
    package private(set) var countries: [String: Int] = [:]
    /// Of accepted contacts with a number.
    package private(set) var kinds: [PhoneNumberKind: Int] = [:]

    /// Rejected rows that say that their person opted out: counted among the rejected ones by their reason, too. Nil where
    /// there is none.
    package private(set) var rejectedOptOuts: CleaningTally?

    private var rejections: [String: CleaningTally] = [:]
    private var marks: [String: CleaningTally] = [:]
    private var duplicateHandles: [String: CleaningTally] = [:]

    package init() {}

    package var rows: Int { accepted + duplicates + rejected }
    package var accepted: Int { clean + marked }

    /// How much smaller the list has become: the share of its rows that are no contacts of their own, 0 to 1.
    package var shrinkage: Double { rows > 0 ? Double(rows - accepted) / Double(rows) : 0 }

    /// The most frequent first.
    package var rejectionTallies: [CleaningTally] { Self.sorted(rejections) }
    /// A row may have several marks.
    package var markTallies: [CleaningTally] { Self.sorted(marks) }
    package var duplicateTallies: [CleaningTally] { Self.sorted(duplicateHandles) }

    static let optOutCounts = LocalizedText(
        en: "This row says that the person opted out, and that counts.",
        es: "Esta fila dice que la persona se dio de baja, y eso cuenta.")

    private static let rejectedOptOut = LocalizedText(
        en: "Rejected, and the row says that the person opted out: that counts.",
        es: "Rechazada, y la fila dice que la persona se dio de baja: eso cuenta.")

    /// - Parameters:
    ///   - optsOut: of a row that is rejected.
    ///   - written: asked for where a sample is kept.
    mutating func count(
        _ verdict: CleaningVerdict, row: Int, optsOut: Bool = false, written: @autoclosure () -> String
    ) {
        switch verdict {
        case .accepted(let contact, let marks):
            count(contact)
            if marks.isEmpty { clean += 1 } else { marked += 1 }
            for mark in marks {
                self.marks[mark.code, default: CleaningTally(code: mark.code, title: mark.title)]
                    .add(row: row, written: written(), mark.sentence)
            }
        case .duplicate(_, let duplicate):
            duplicates += 1
            duplicateHandles[duplicate.code, default: CleaningTally(code: duplicate.code, title: duplicate.title)]
                .add(row: row, written: written(), duplicate.sentence)
        case .rejected(let rejection):
            rejected += 1
            rejections[rejection.code, default: CleaningTally(code: rejection.code, title: rejection.title)]
                .add(row: row, written: written(), rejection.sentence)
            guard optsOut else { return }
            var tally = rejectedOptOuts ?? CleaningTally(code: "rejected_opted_out", title: Self.rejectedOptOut)
            tally.add(row: row, written: written(), rejection.sentence + Self.optOutCounts)
            rejectedOptOuts = tally
        }
    }

    private mutating func count(_ contact: CleanContact) {
        guard let phone = contact.phone else { return }
        countries[phone.region ?? "", default: 0] += 1
        kinds[phone.kind, default: 0] += 1
    }

    private static func sorted(_ tallies: [String: CleaningTally]) -> [CleaningTally] {
        tallies.values.sorted { ($1.count, $0.code) < ($0.count, $1.code) }
    }
}
