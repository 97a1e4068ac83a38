extension SandboxConfiguration {
    /// Which Odoo the sandbox plays, and what the key's user may do there. Changed at run time by
    /// `PUT /sandbox/crm/odoo`.
    package struct Odoo: Equatable, Sendable {
        package static let versions = 16...19

        /// 16 to 19. From 19 on there is JSON-2, and partners have no `mobile` and no `title`.
        package var version = 19
        package var database = "sandbox"
        /// Of the user whose API key is the sandbox's access token.
        package var login = "bridge@example.com"
        /// Settings rights: may create fields, and see models and their fields at all.
        package var mayCreateFields = true
        /// May change the text of messages.
        package var mayWriteMessages = true
        /// May read and create external ids (`ir.model.data`), which Odoo gives to "Access Rights" alone.
        package var mayUseExternalIDs = true
        /// Odoo Online throttles; nil: self-hosted, no limit.
        package var callsPerSecond: Int?
        /// When the API key ends, in days from now; nil: never.
        package var keyEndsInDays: Int?

        package init() {}
    }
}
