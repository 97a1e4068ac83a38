package import Domain

/// What a person does with their own sign-in: a new password, and an end to sessions left open elsewhere.
package struct AccountPage: Page {
    package static let template = "account/page"

    package enum Command: String, CaseIterable, Sendable { case passwords, sessions }

    /// A sentence beside the field that it is about.
    package struct Problem: Sendable {
        package enum Field: Sendable { case current, new }

        package var field: Field
        package var sentence: LocalizedText

        package init(_ field: Field, _ sentence: LocalizedText) {
            self.field = field
            self.sentence = sentence
        }
    }

    package let title: String
    package let name: String
    package let email: String
    package let role: String
    package let currentError: String?
    package let newError: String?
    package let shortest: String
    /// "2 other sessions are open."
    package let sessions: String
    package let hasOthers: Bool
    package let notice: OutcomeNotice?

    /// - Parameter others: how many sessions of theirs are open beside this one.
    package init(
        _ person: StaffFacts, others: Int, problem: Problem? = nil, notice: OutcomeNotice? = nil,
        in context: PageContext
    ) {
        self.title = context.words("account.title")
        self.name = person.name
        self.email = person.email
        self.role = context.words("staff.role.\(person.role.rawValue)")
        let sentence = problem?.sentence[context.language]
        self.currentError = problem?.field == .current ? sentence : nil
        self.newError = problem?.field == .new ? sentence : nil
        self.shortest = String(PasswordRule.shortest)
        self.sessions =
            others == 0 ? context.words("account.noOthers") : context.words.count("account.others", others)
        self.hasOthers = others > 0
        self.notice = notice
    }

    /// After a command: what the page says.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("account.done.\(command.rawValue)"))
    }
}

/// What a password must be, here and on the command line.
package enum PasswordRule {
    /// Fewer characters are guessed too soon.
    package static let shortest = 10
    package static let longest = 1024

    package static func problem(in password: String) -> LocalizedText? {
        (shortest...longest).contains(password.count)
            ? nil
            : LocalizedText(
                en: "A password has at least \(shortest) characters.",
                es: "Una contraseña tiene al menos \(shortest) caracteres.")
    }
}
