package import Domain

/// What stands around every page: who reads it, where they are, what needs attention.
package struct PageLayout: Sendable {
    package let language: Language
    /// `en` or `es`, for `lang`.
    package let lang: String
    package let isSpanish: Bool
    package let theme: Theme
    /// Where the language and theme forms return to: a path of ours.
    package let path: String
    /// Hidden in every form; the server compares it with the session's.
    package let csrf: String
    /// Nil before sign-in.
    package let staff: StaffBadge?
    /// May do what concerns the whole company.
    package let isAdmin: Bool
    package let workspace: String
    package let navigation: NavigationView
    package let alarms: AlarmStrip
    package let isDemo: Bool
    /// The program's, for the account menu.
    package let version: String?
    /// In milliseconds since 1970, before anything on the page was read.
    package let drawnAt: String

    /// The reader's choice; `auto` follows the system.
    package enum Theme: String, CaseIterable, Sendable { case auto, light, dark }

    /// - Parameters:
    ///   - path: the page's path and query.
    ///   - place: the page of the navigation that is open.
    ///   - alarms: what is wrong now, worst first.
    package init(
        context: PageContext, theme: Theme, path: String, csrf: String, staff: StaffBadge?, workspace: String,
        place: NavigationView.Place?, counts: NavigationCounts, alarms: [AlarmFacts], isDemo: Bool,
        version: String? = nil
    ) {
        self.language = context.language
        self.lang = context.language.rawValue
        self.isSpanish = context.language == .spanish
        self.theme = theme
        self.path = path
        self.csrf = csrf
        self.staff = staff
        self.isAdmin = staff?.isAdmin ?? false
        self.workspace = workspace
        self.navigation = NavigationView(current: place, counts: counts, in: context)
        self.alarms = AlarmStrip(alarms, in: context)
        self.isDemo = isDemo
        self.version = version
        self.drawnAt = String(context.now.milliseconds)
    }
}

/// The person who is signed in.
package struct StaffBadge: Sendable {
    package let name: String
    package let email: String
    package let isAdmin: Bool
    package let avatar: AvatarView

    package init(id: StaffID, name: String, email: String, isAdmin: Bool) {
        self.name = name
        self.email = email
        self.isAdmin = isAdmin
        self.avatar = AvatarView(name: name, seed: id.rawValue)
    }
}
