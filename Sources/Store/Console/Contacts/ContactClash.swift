package import Domain

/// What two people changed at the same time. Nothing was saved: the second decides.
package struct ContactClash: Sendable {
    package struct Author: Equatable, Sendable {
        package let name: String
        package let at: Timestamp
    }

    package struct Column: Sendable {
        package let column: HistoryFact.Column
        /// As the form showed it; empty for nothing, as the others.
        package let before: String
        /// As it is by now.
        package let theirs: String
        /// As it was typed.
        package let mine: String
        /// Who made it what it is; nil where no person did, but a CRM or WhatsApp.
        package let author: Author?
    }

    package let contact: ContactID
    package let columns: [Column]
}

extension ContactEdit {
    /// What a form showed of what it changes.
    package struct Basis: Equatable, Sendable {
        package var name: String
        package var language: String?
        package var note: String

        package init(name: String, language: String?, note: String) {
            self.name = name
            self.language = language
            self.note = note
        }

        /// Forms write line breaks in their own way, and cut blanks off names.
        fileprivate func text(of column: HistoryFact.Column) -> String {
            switch column {
            case .name: String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            case .language: language ?? ""
            case .note: note.replacing("\r\n", with: "\n")
            }
        }
    }

    /// What was typed; nil for what stays.
    fileprivate func text(of column: HistoryFact.Column) -> String? {
        switch column {
        case .name: name
        case .language: if case .set(let language) = language { language ?? "" } else { nil }
        case .note: note
        }
    }

    fileprivate mutating func leave(_ column: HistoryFact.Column) {
        switch column {
        case .name: name = nil
        case .language: language = .leave
        case .note: note = nil
        }
    }

    /// What the person did not touch stays as others left it.
    /// - Returns: what both changed, each in another way.
    mutating func rebase(
        from basis: Basis, onto current: Basis, author: (HistoryFact.Column, String) throws -> ContactClash.Author?
    ) rethrows -> [ContactClash.Column] {
        var clashes: [ContactClash.Column] = []
        for column in HistoryFact.Column.allCases {
            guard let mine = text(of: column) else { continue }
            let (before, theirs) = (basis.text(of: column), current.text(of: column))
            if mine == before {
                leave(column)
            } else if theirs != before, theirs != mine {
                clashes.append(
                    ContactClash.Column(
                        column: column, before: before, theirs: theirs, mine: mine, author: try author(column, theirs)))
            }
        }
        return clashes
    }
}

extension HistoryReader {
    /// Who made a column of a contact say what it says now.
    func author(
        of column: HistoryFact.Column, saying value: String, contact: ContactID
    ) throws -> ContactClash.Author? {
        for entry in try history(of: contact, after: nil, limit: 50) {
            for case .column(column, let before, let after) in entry.facts {
                let isBack = entry.outcome == .restored
                guard (isBack ? before : after).replacing("\r\n", with: "\n") == value else { return nil }
                if isBack, let name = entry.change.undoneBy, let at = entry.change.undoneAt {
                    return ContactClash.Author(name: name, at: at)
                }
                return ContactClash.Author(name: entry.change.actor, at: entry.change.at)
            }
        }
        return nil
    }
}
