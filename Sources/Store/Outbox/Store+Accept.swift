import Domain

extension Store {
    /// Takes a message on: stores it and writes its jobs in one transaction. The gate is asked, so that the person
    /// learns at once what would be refused; it is asked again when the message is about to leave.
    ///
    /// - Throws: `PuenteError` with the code `refused` and the refusal's code as detail, or `notFound`;
    ///   `invalid` with the detail `unknown_reference` when what it quotes is not of the conversation.
    package func accept(_ command: MessageCommand) async throws -> AcceptedMessage {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try MessageAcceptance(store: store, connection: connection, command: command, now: now).accept()
        }
    }
}
