/// Where people see an account of a CRM in their browser.
package struct RemotePages: Equatable, Sendable {
    package let account: String
    /// A contact's page is this and the contact's id.
    package let contact: String

    package init(account: String, contact: String) {
        self.account = account
        self.contact = contact
    }
}
