package import Domain

/// What the check of a list found, before anything is written. Every row is counted under one verdict.
package struct ImportReport: Codable, Equatable, Sendable {
    /// How many rows have one thing in common, and some of them.
    package struct Tally: Codable, Equatable, Sendable {
        package struct Sample: Codable, Equatable, Sendable {
            /// As the file counts its rows.
            package let row: Int
            /// The cells that it is about, cut.
            package let written: String
            package let sentence: LocalizedText

            package init(row: Int, written: String, sentence: LocalizedText) {
                self.row = row
                self.written = written
                self.sentence = sentence
            }
        }

        package let code: String
        package let title: LocalizedText
        package var count: Int
        package var samples: [Sample]

        package init(code: String, title: LocalizedText, count: Int, samples: [Sample]) {
            self.code = code
            self.title = title
            self.count = count
            self.samples = samples
        }
    }

    /// What a row would do, as an example.
    package struct Example: Codable, Equatable, Sendable {
        package let row: Int
        package let verdict: ImportVerdict
        /// A name, else a number or an address.
        package let person: String
        package let contact: ContactID?
        package let changes: [ImportChange]

        package init(
            row: Int, verdict: ImportVerdict, person: String, contact: ContactID?, changes: [ImportChange]
        ) {
            self.row = row
            self.verdict = verdict
            self.person = person
            self.contact = contact
            self.changes = changes
        }
    }

    package var rows = 0
    package var new = 0
    package var fills = 0
    package var changes = 0
    package var same = 0
    package var kept = 0
    package var duplicates = 0
    package var rejected = 0

    /// Accepted, with something to look at.
    package var marked = 0
    /// Of accepted rows: who does not want to be written to, here or by the row's own word. The latter are among the
    /// withdrawals, too.
    package var optedOut = 0
    /// Of accepted rows: who would have no consent to marketing after the import, and did not refuse it either.
    package var withoutConsent = 0
    /// Of accepted rows: whose last message could not be delivered since WhatsApp knows no such account.
    package var dead = 0
    /// Rejected: who had their data erased.
    package var erased = 0
    /// Consents and withdrawals that it would write.
    package var consents = 0
    package var withdrawals = 0

    package var rejections: [Tally] = []
    package var duplicateTallies: [Tally] = []
    package var marks: [Tally] = []
    /// By ISO 3166 alpha-2, the most frequent first; "" for numbers of no country.
    package var countries: [Tally] = []
    package var kinds: [Tally] = []
    /// Labels and fields that are not here yet, and that some row puts on somebody.
    package var newLabels: [String] = []
    package var newFields: [String] = []
    package var examples: [Example] = []
    /// Why it cannot be imported like this, and what to do; nil when it can.
    package var obstacle: LocalizedText?

    package init() {}

    package var accepted: Int { new + fills + changes + same + kept }
    /// Rows that would change anything.
    package var effective: Int { new + fills + changes }

    /// Whether there is anything to write: rows that are taken, or opt-outs in others.
    package var isOfUse: Bool { accepted > 0 || withdrawals > 0 }

    package func count(_ verdict: ImportVerdict) -> Int {
        switch verdict {
        case .new: new
        case .fills: fills
        case .changes: changes
        case .same: same
        case .kept: kept
        case .duplicate: duplicates
        case .rejected: rejected
        }
    }

    package mutating func add(_ verdict: ImportVerdict) {
        rows += 1
        switch verdict {
        case .new: new += 1
        case .fills: fills += 1
        case .changes: changes += 1
        case .same: same += 1
        case .kept: kept += 1
        case .duplicate: duplicates += 1
        case .rejected: rejected += 1
        }
    }
}

/// What an import has written so far.
package struct ImportResult: Codable, Equatable, Sendable {
    package var new = 0
    package var fills = 0
    package var changes = 0
    package var same = 0
    package var kept = 0
    /// Of people who had their data erased since the check.
    package var refused = 0
    package var consents = 0
    package var withdrawals = 0

    package init() {}

    package var written: Int { new + fills + changes }
    /// Rows gone through.
    package var total: Int { written + same + kept + refused }

    mutating func add(_ verdict: ImportVerdict) {
        switch verdict {
        case .new: new += 1
        case .fills: fills += 1
        case .changes: changes += 1
        case .same: same += 1
        case .kept: kept += 1
        case .duplicate, .rejected: refused += 1
        }
    }
}

/// One thing that a row changes about a person.
package struct ImportChange: Codable, Equatable, Sendable {
    package enum Item: String, Codable, CaseIterable, Sendable {
        case name, phone, email, language, note, label, field, consent, withdrawal
    }

    package let item: Item
    /// Of a field.
    package let field: String?
    /// Nil where there was nothing.
    package let before: String?
    package let after: String

    package init(_ item: Item, field: String? = nil, before: String? = nil, after: String) {
        self.item = item
        self.field = field
        self.before = before
        self.after = after
    }
}
