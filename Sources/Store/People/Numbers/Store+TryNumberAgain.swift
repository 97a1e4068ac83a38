package import Domain

extension Store {
    /// Takes the mark off a number at which nobody was reached: somebody knows better, or wants to see. Kept as a change of
    /// the contact that can be put back.
    /// - Returns: the change; nil when the number has no mark (any more).
    /// - Throws: `notFound` for a number that is not the contact's.
    @discardableResult
    package func tryNumberAgain(
        _ handle: HandleID, of contact: ContactID, by actor: String, in workspace: WorkspaceID
    ) async throws -> ChangeID? {
        let number = try await database.read(on: .console) { connection in
            let contact = try connection.living(contact, in: workspace)
            return try connection.value(
                """
                SELECT address FROM handle
                WHERE workspace_id = :workspace_id AND id = :id AND contact_id = :contact_id AND kind = 'phone'
                    AND valid_to IS NULL
                """, ["workspace_id": workspace, "id": handle, "contact_id": contact], as: String.self)
        }
        guard let number else { throw PuenteError.noAddress }
        return try await journaled(.numberTried("+" + number), by: actor, in: workspace) { journal, _ in
            let contact = try journal.connection.holdLiving(contact, in: workspace)
            try journal.lock(contact)
            try journal.update(
                .handle, key: ["id": handle], set: SQLArguments(UnreachableNumber.columns.map { ($0, .null) }),
                of: contact)
        }.change
    }

    /// Whether messages to all numbers of a contact could not be delivered.
    package func isUnreachable(_ contact: ContactID, in workspace: WorkspaceID) async throws -> Bool {
        try await database.read(on: .console) { connection in
            try connection.unreachable(
                among: [connection.living(contact, in: workspace)], in: workspace
            ).isEmpty == false
        }
    }
}

extension LocalizedText {
    fileprivate static func numberTried(_ number: String) -> LocalizedText {
        LocalizedText(en: "\(number) is tried again", es: "Se vuelve a intentar con \(number)")
    }
}

extension PuenteError {
    fileprivate static let noAddress = PuenteError(
        .notFound, detail: "no_such_number", en: "The contact does not have this number any more.",
        es: "El contacto ya no tiene este número.")
}
