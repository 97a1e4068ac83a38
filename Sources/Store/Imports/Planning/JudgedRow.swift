package import Domain

/// A row as its reader judged it, before anybody has looked who is here.
package struct JudgedRow: Sendable {
    package enum Judgement: Sendable {
        case accepted(ImportedPerson)
        /// The same person stands in an earlier row.
        case duplicate
        case rejected
    }

    /// As the file counts its rows.
    package let number: Int
    package let judgement: Judgement
    package var notes: [ImportNote]
    /// As they stood in the file.
    package let cells: [String]
    /// Of a duplicate that says that the person does not want to be written to: by what they are found. That counts, whichever
    /// row of theirs is taken.
    package let withdrawal: ImportedPerson?

    package init(
        number: Int, judgement: Judgement, notes: [ImportNote], cells: [String], withdrawal: ImportedPerson? = nil
    ) {
        self.number = number
        self.judgement = judgement
        self.notes = notes
        self.cells = cells
        self.withdrawal = withdrawal
    }
}

/// A row with what it would do.
package struct PlannedRow: Sendable {
    package let row: JudgedRow
    package var verdict: ImportVerdict
    package var notes: [ImportNote]
    /// Who it is here; nil for somebody new.
    package let contact: ContactID?
    package let changes: [ImportChange]
    /// For the report's figures.
    package let isOptedOut: Bool
    package let lacksConsent: Bool
    package let isDead: Bool
    package let grants: Bool
    package let withdraws: Bool

    /// A row that is not taken.
    /// - Parameter withdraws: it says that the person opted out, which is news.
    init(_ row: JudgedRow, _ verdict: ImportVerdict, notes: [ImportNote], withdraws: Bool = false) {
        self.row = row
        self.verdict = verdict
        self.notes = notes
        contact = nil
        changes = []
        isOptedOut = false
        lacksConsent = false
        isDead = false
        grants = false
        self.withdraws = withdraws
    }

    init(_ row: JudgedRow, _ plan: PersonPlan) {
        self.row = row
        verdict = plan.verdict
        notes = row.notes + plan.notes
        contact = plan.isNew ? nil : plan.contact
        changes = plan.changes
        isOptedOut = plan.isOptedOut
        lacksConsent = plan.lacksConsent
        isDead = plan.isDead
        grants = plan.grants
        withdraws = plan.withdraws
    }

    /// Whom a row speaks of that is not taken, but for their opting out.
    var withdrawal: ImportedPerson? {
        guard verdict == .duplicate else { return nil }
        if case .accepted(let person) = row.judgement { return person.optedOut == true ? person : nil }
        return row.withdrawal
    }

    /// The same person, by what is known here, as in an earlier row.
    package mutating func repeatsRow(_ earlier: Int) {
        verdict = .duplicate
        notes.append(.samePerson(as: earlier))
        if withdrawal != nil { notes.append(.optOutCounts) }
    }
}
