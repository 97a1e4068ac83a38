package import Domain

extension ContactPageDraft {
    /// What two people changed at the same time.
    package struct Clash: Sendable {
        /// `name`, `language`, `note`.
        package let column: String
        package let before: String
        package let theirs: String
        package let mine: String
        /// Nil where no person did it.
        package let author: String?
        package let at: Timestamp?

        package init(
            column: String, before: String, theirs: String, mine: String, author: String? = nil, at: Timestamp? = nil
        ) {
            self.column = column
            self.before = before
            self.theirs = theirs
            self.mine = mine
            self.author = author
            self.at = at
        }
    }
}

/// A field that somebody else changed meanwhile, for the person to decide.
package struct ContactClashView: Sendable {
    package let field: String
    package let label: String
    /// "Ana Rivas changed it today at 14:32."
    package let whose: String
    /// Nil for nothing, as the others.
    package let before: String?
    package let theirs: String?
    package let mine: String?

    init(_ clash: ContactPageDraft.Clash, in context: PageContext) {
        let words = context.words
        field = clash.column
        label = words("contacts.fact.column.\(clash.column)")
        whose =
            if let author = clash.author, let at = clash.at {
                words(
                    "contacts.page.clash.whose",
                    ["actor": author, "time": MomentText.sentence(at, in: context).short])
            } else {
                words("contacts.page.clash.unknown")
            }
        func shown(_ value: String) -> String? {
            if value.isEmpty { return nil }
            return clash.column == "language" ? LanguageName.of(value, in: context) : value
        }
        (before, theirs, mine) = (shown(clash.before), shown(clash.theirs), shown(clash.mine))
    }
}
