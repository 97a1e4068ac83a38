import Domain

extension SQLConnection {
    /// Jobs of a contact run one after the other by their ordering key, which is the contact's id. After a merge or its
    /// undo those that wait, are under way or lie among the dead letters follow their message's contact: so that what is
    /// for one person stays in one order, and is found with that person.
    func followContacts(_ one: ContactID, _ other: ContactID, in workspace: WorkspaceID) throws {
        let lanes = try lanesOfPeople(in: workspace)
        for (former, present) in [(one, other), (other, one)] {
            let arguments: SQLArguments = ["workspace_id": workspace, "former": former, "present": present]
            for lane in lanes {
                var ofLane = arguments
                ofLane.set("lane", lane)
                try follow(
                    "lane = :lane AND ordering_key = :former AND (state IN ('available', 'running', 'sending') OR holds = 1)",
                    ofLane)
            }
            try follow("ordering_key = :former AND state = 'discarded'", arguments)
            try follow("state = 'uncertain' AND ordering_key = :former", arguments)
        }
    }

    /// Of messages only: what brings a contact up to date in a CRM is about that contact, and finds nothing to do where
    /// its record has moved.
    private func follow(_ condition: String, _ arguments: SQLArguments) throws {
        try execute(
            """
            UPDATE job SET ordering_key = :present
            WHERE workspace_id = :workspace_id AND \(condition)
                AND kind IN ('whatsapp.send', 'crm.activity', 'crm.update')
                AND EXISTS (
                    SELECT 1 FROM message m
                    WHERE m.workspace_id = :workspace_id AND m.id = job.subject_id AND m.contact_id = :present
                )
            """, arguments)
    }

    private func lanesOfPeople(in workspace: WorkspaceID) throws -> [Lane] {
        let numbers = try rows(
            "SELECT id FROM number WHERE workspace_id = :workspace_id ORDER BY id", ["workspace_id": workspace]
        ).map { Lane.number(try $0.get("id")) }
        let connections = try rows(
            "SELECT id FROM connection WHERE workspace_id = :workspace_id ORDER BY id", ["workspace_id": workspace]
        ).map { Lane.connection(try $0.get("id")) }
        return numbers + connections
    }
}
