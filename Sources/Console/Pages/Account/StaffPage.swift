package import Domain

/// A person who may sign in.
package struct StaffFacts: Sendable {
    package enum Role: String, CaseIterable, Sendable {
        case agent, admin

        var other: Self { self == .admin ? .agent : .admin }
    }

    package var id: StaffID
    package var name: String
    package var email: String
    package var role: Role
    package var isDisabled: Bool
    /// The one who looks at the page.
    package var isReader: Bool

    package init(id: StaffID, name: String, email: String, role: Role, isDisabled: Bool, isReader: Bool) {
        self.id = id
        self.name = name
        self.email = email
        self.role = role
        self.isDisabled = isDisabled
        self.isReader = isReader
    }
}

/// Who may sign in: for administrators.
package struct StaffPage: Page {
    package static let template = "staff/page"

    package enum Command: String, CaseIterable, Sendable { case disablings, enablings, roles }

    /// The form for somebody new, as it was sent, and what is wrong with it.
    package struct Draft: Sendable {
        package var name: String
        package var email: String
        package var role: StaffFacts.Role
        package var error: LocalizedText?

        package init(
            name: String = "", email: String = "", role: StaffFacts.Role = .agent, error: LocalizedText? = nil
        ) {
            self.name = name
            self.email = email
            self.role = role
            self.error = error
        }
    }

    /// A password that was made just now: shown this once.
    package struct Issued: Sendable {
        package let sentence: String
        package let password: String

        package init(_ password: String, for name: String, in context: PageContext) {
            self.sentence = context.words("staff.issued", ["name": name])
            self.password = password
        }
    }

    package struct Person: Sendable {
        package let id: String
        package let name: String
        package let email: String
        package let role: String
        package let avatar: AvatarView
        package let isDisabled: Bool
        package let isReader: Bool
        /// "Ana Rivas is signed out everywhere …"
        package let resetAsk: String
        package let disableAsk: String
        /// The role to change to, as forms send it; its button, and what it means.
        package let otherRole: String
        package let changeRole: String
        package let roleAsk: String
        package let resetURL: String
        package let disableURL: String
        package let enableURL: String
        package let roleURL: String
    }

    package let title: String
    package let people: [Person]
    package let draftName: String
    package let draftEmail: String
    package let isAdminDrafted: Bool
    package let draftError: String?
    package let isAdding: Bool
    package let issued: Issued?
    package let notice: OutcomeNotice?

    package init(
        _ people: [StaffFacts], draft: Draft = Draft(), issued: Issued? = nil, notice: OutcomeNotice? = nil,
        in context: PageContext
    ) {
        self.title = context.words("staff.title")
        self.people = people.map { Self.person($0, in: context) }
        self.draftName = draft.name
        self.draftEmail = draft.email
        self.isAdminDrafted = draft.role == .admin
        self.draftError = draft.error?[context.language]
        self.isAdding = draft.error != nil
        self.issued = issued
        self.notice = notice
    }

    private static func person(_ facts: StaffFacts, in context: PageContext) -> Person {
        let path = "/staff/\(facts.id)"
        let name = ["name": facts.name]
        let otherRole = facts.role.other.rawValue
        return Person(
            id: facts.id.description, name: facts.name, email: facts.email,
            role: context.words("staff.role.\(facts.role.rawValue)"),
            avatar: AvatarView(name: facts.name, seed: facts.id.rawValue), isDisabled: facts.isDisabled,
            isReader: facts.isReader, resetAsk: context.words("staff.resetAsk", name),
            disableAsk: context.words("staff.disableAsk", name), otherRole: otherRole,
            changeRole: context.words("staff.changeRole.\(otherRole)"),
            roleAsk: context.words("staff.roleAsk.\(otherRole)", name), resetURL: path + "/passwords",
            disableURL: path + "/disablings", enableURL: path + "/enablings", roleURL: path + "/roles")
    }

    /// After a command.
    package static func outcome(of command: Command, in context: PageContext) -> OutcomeNotice {
        OutcomeNotice(.done, context.words("staff.done.\(command.rawValue)"))
    }
}
