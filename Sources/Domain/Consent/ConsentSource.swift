/// How we know what a person allowed. The raw value is what the database keeps.
package enum ConsentSource: String, Codable, CaseIterable, Sendable {
    /// The person filled in a form: on paper, on a website, in a WhatsApp flow.
    case form
    /// The person wrote it, or pressed a button.
    case message
    /// A file that was imported says so.
    case `import`
    case crm
    /// Meta says so: `user_preferences`, or error 131050.
    case meta
    /// Somebody of the company was told.
    case staff
    /// A program of the company says so.
    case api
    /// The answer to a question of ours (double opt-in).
    case optIn = "opt_in"
    /// What two contacts came to when they were found to be one person: the strictest of both.
    case merge

    /// Those that people and programs of the company may write down. All others follow from what happened.
    package static let told: [ConsentSource] = [.form, .staff, .crm, .api]

    /// Whether a yes of this kind may follow a no: the person's own word does, and so does one that somebody wrote down
    /// with the words that were said. A list or another system, read in once more, is no word of the person's.
    package func liftsWithdrawal(words: String) -> Bool {
        switch self {
        case .message, .optIn: true
        case .form, .staff, .api: !words.allSatisfy(\.isWhitespace)
        case .import, .crm, .meta, .merge: false
        }
    }
}
