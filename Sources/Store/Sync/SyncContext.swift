package import Domain

/// What comparing needs from outside the database.
package struct SyncContext: Sendable {
    /// Digits with country code of a number in any writing; nil for what is none.
    package let digits: @Sendable (String) -> String?
    /// A number in a form; nil for what is none.
    package let phone: @Sendable (String, FieldTransform.PhoneForm) -> String?
    /// Where people reach the console, without a slash at its end.
    package let publicURL: String
    /// The e-mail addresses, in lower case, of the CRM's people to whom a contact can be given; nil where any is taken.
    package let users: Set<String>?
    /// A text as the CRM's field of a name would hold it: no longer than that, and a word of a list as the list has it.
    package let held: @Sendable (_ text: String, _ field: String) -> String

    package init(
        publicURL: String, users: Set<String>? = nil,
        held: @escaping @Sendable (_ text: String, _ field: String) -> String = { text, _ in text },
        digits: @escaping @Sendable (String) -> String?,
        phone: @escaping @Sendable (String, FieldTransform.PhoneForm) -> String?
    ) {
        self.publicURL = publicURL
        self.users = users
        self.held = held
        self.digits = digits
        self.phone = phone
    }

    /// The same for a CRM with these people, whose fields hold texts so.
    package func knowing(
        _ users: Set<String>?,
        held: @escaping @Sendable (_ text: String, _ field: String) -> String = { text, _ in text }
    ) -> SyncContext {
        SyncContext(publicURL: publicURL, users: users, held: held, digits: digits, phone: phone)
    }
}

/// For whom two sides are compared, and what the log says of it.
package struct SyncTurn: Sendable {
    package let connection: ConnectionID
    package let workspace: WorkspaceID
    package let cause: SyncCause
    /// Who shows as the author: the connection's name, or a person's.
    package let actor: String
    /// What one sweep, import or change of many belongs together by.
    package let run: Int64?

    package init(
        _ connection: ConnectionID, in workspace: WorkspaceID, cause: SyncCause, actor: String, run: Int64? = nil
    ) {
        self.connection = connection
        self.workspace = workspace
        self.cause = cause
        self.actor = actor
        self.run = run
    }
}
