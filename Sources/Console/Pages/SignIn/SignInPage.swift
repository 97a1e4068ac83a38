import Domain

/// The door.
package struct SignInPage: Page {
    package static let template = "sign-in"

    package enum Problem: Sendable {
        /// Never says which of the two was wrong.
        case wrongCredentials
        /// Too many attempts; with the time until the next one counts.
        case throttled(Duration)
        case sessionEnded
        /// The form's token did not fit: the page had been open too long.
        case expiredForm
    }

    package let title: String
    package let email: String
    /// The cursor then waits in the password field.
    package let hasEmail: Bool
    package let problem: String?
    /// Colours the sentence: an ended session is nobody's mistake.
    package let isMistake: Bool
    /// Where to go afterwards: a path of ours.
    package let next: String
    package let demo: Demo?

    /// The demonstration prints these; showing them spares a look at the terminal.
    package struct Demo: Sendable {
        package let email: String
        package let password: String

        package init(email: String, password: String) {
            self.email = email
            self.password = password
        }
    }

    package init(
        email: String = "", problem: Problem? = nil, next: String = "/inbox", demo: Demo? = nil,
        in context: PageContext
    ) {
        self.title = context.words("signIn.title")
        self.email = email
        self.hasEmail = !email.isEmpty
        self.problem = problem.map { Self.sentence($0, in: context) }
        self.isMistake = if case .sessionEnded = problem { false } else { problem != nil }
        self.next = next
        self.demo = demo
    }

    private static func sentence(_ problem: Problem, in context: PageContext) -> String {
        switch problem {
        case .wrongCredentials: context.words("signIn.wrong")
        case .throttled(let wait):
            context.words("signIn.throttled", ["wait": context.formats.span(milliseconds: wait.wholeMilliseconds)])
        case .sessionEnded: context.words("signIn.ended")
        case .expiredForm: context.words("signIn.expired")
        }
    }
}
