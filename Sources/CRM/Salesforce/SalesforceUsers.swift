import Domain

/// The org's people; not its guests, its customers and what works by itself.
/// Source: Salesforce, Object Reference, `User`.
struct SalesforceUsers {
    let api: SalesforceAPI

    func all() async throws(CallFailure) -> [RemoteUser] {
        let query =
            "SELECT Id,Name,Email,IsActive FROM User WHERE UserType = 'Standard' ORDER BY IsActive DESC, Id "
            + "LIMIT \(UserDirectory.maxUsers)"
        return try await api.records(query).map { record in
            RemoteUser(
                id: record.id, email: record.values["Email"], name: record.values["Name"] ?? "",
                isActive: record.values["IsActive"] == "true")
        }
    }
}
