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
    package let notes: [ImportNote]
    /// As they stood in the file.
    package let cells: [String]
    /// Of a row that is not taken and says that the person does not want to be written to: by what they are found. That
    /// counts, whichever row of theirs is taken, and if none is.
    package let withdrawal: ImportedPerson?
    /// Of a row that is not taken: whom it names, as far as that can be read. Of somebody who had their data erased nothing
    /// of it is kept.
    package let named: ImportedPerson?

    package init(
        number: Int, judgement: Judgement, notes: [ImportNote], cells: [String], withdrawal: ImportedPerson? = nil,
        named: ImportedPerson? = nil
    ) {
        self.number = number
        self.judgement = judgement
        self.notes = notes
        self.cells = cells
        self.withdrawal = withdrawal
        self.named = named
    }
}

/// A row with what it would do.
package struct PlannedRow: Sendable {
    package let row: JudgedRow
    package let verdict: ImportVerdict
    package let notes: [ImportNote]
    /// Who it is here; nil for somebody new.
    package let contact: ContactID?
    package let changes: [ImportChange]
    /// For the report's figures.
    package let isOptedOut: Bool
    package let lacksConsent: Bool
    package let isDead: Bool
    package let grants: Bool
    /// How many people opt out by it, of whom that was not known.
    package let withdrawals: Int
    /// Whom a row speaks of that is not taken, but for their opting out.
    let withdrawal: ImportedPerson?

    /// A row that is not taken.
    init(
        _ row: JudgedRow, _ verdict: ImportVerdict, notes: [ImportNote], contact: ContactID? = nil,
        withdrawal: ImportedPerson? = nil, withdrawals: Int = 0
    ) {
        self.row = row
        self.verdict = verdict
        self.notes = notes
        self.withdrawal = withdrawal
        self.withdrawals = withdrawals
        self.contact = contact
        changes = []
        isOptedOut = false
        lacksConsent = false
        isDead = false
        grants = false
    }

    /// - Parameter others: who opts out by the row, too.
    init(_ row: JudgedRow, _ plan: PersonPlan, others: [PersonPlan]) {
        self.row = row
        verdict = plan.verdict
        notes = row.notes + plan.notes
        contact = plan.isNew ? nil : plan.contact
        changes = plan.changes
        isOptedOut = plan.isOptedOut
        lacksConsent = plan.lacksConsent
        isDead = plan.isDead
        grants = plan.grants
        withdrawals = ([plan] + others).count(where: \.withdraws)
        withdrawal = nil
    }
}
