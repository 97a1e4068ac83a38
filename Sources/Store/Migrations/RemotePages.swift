extension Migration {
    /// Links from the console into the CRM.
    static let remotePages = Migration(number: 6, name: "link to the CRM's pages", oldestCompatible: 1) { _ in
        [
            "ALTER TABLE connection ADD COLUMN account_page TEXT",  // NULL while the CRM has not said
            "ALTER TABLE connection ADD COLUMN contact_page TEXT",  // a contact's id follows
        ]
    }
}
