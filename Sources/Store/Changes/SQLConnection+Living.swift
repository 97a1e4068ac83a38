import Domain

extension SQLConnection {
    /// Who a contact is today: the one that it was merged into, else itself. Old links and slow jobs name contacts that
    /// are no more; an id that nobody ever had comes back as it is.
    func living(_ contact: ContactID, in workspace: WorkspaceID) throws -> ContactID {
        var living = contact
        // Merges point at whoever lives; one that was merged again later adds a step. A circle would be a mistake.
        for _ in 0..<8 {
            let next = try value(
                "SELECT merged_into FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": living], as: ContactID?.self)
            guard case .some(.some(let next)) = next else { return living }
            living = next
        }
        return living
    }

    /// The same, and until the transaction ends nobody merges the contact or separates it again: for whoever writes what
    /// belongs to it.
    func holdLiving(_ contact: ContactID, in workspace: WorkspaceID) throws -> ContactID {
        let found = try living(contact, in: workspace)
        guard dialect == .postgres else { return found }
        _ = try row(
            "SELECT id FROM contact WHERE workspace_id = :workspace_id AND id = :id \(dialect.forUpdate)",
            ["workspace_id": workspace, "id": found])
        // Whoever held it until now may have merged it.
        guard try living(found, in: workspace) == found else {
            throw SQLError.conflict("a contact was merged meanwhile")
        }
        return found
    }
}
