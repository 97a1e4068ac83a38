package import Domain

/// What a person changes in a message that did not leave, or of a contact that a CRM refuses, before it is tried again.
package enum DeadLetterMend: Sendable {
    case content(MessageContent)
    /// Digits in international form. The contact is given this number in place of the one it has.
    case phone(String)
    /// The value that the CRM refuses, as somebody wrote it.
    case value(String, habits: WritingHabits)
    /// The same of a phone number or an e-mail address: it takes the place of the one that is refused.
    case address(ContactEdit.Address)
}

extension Store {
    /// At most this many at a time.
    package static let maxDeadLettersAtOnce = 500

    /// Tries dead letters again. Those that need nobody any more are not among the settled ones.
    /// - Parameter confirmed: somebody said that also those that may have been sent shall be sent once more.
    /// - Throws: `invalid` for more than ``maxDeadLettersAtOnce``.
    package func retryDeadLetters(
        _ jobs: [JobID], in workspace: WorkspaceID, by actor: String, confirmed: Bool = false
    ) async throws -> DeadLetterReport {
        try await settling(jobs, in: workspace, by: actor) { try $0.retry(jobs, confirmed: confirmed) }
    }

    /// Puts dead letters away for good.
    /// - Throws: `invalid` for more than ``maxDeadLettersAtOnce``.
    package func dismissDeadLetters(
        _ jobs: [JobID], in workspace: WorkspaceID, by actor: String
    ) async throws -> DeadLetterReport {
        try await settling(jobs, in: workspace, by: actor) { try $0.dismiss(jobs) }
    }

    /// Changes what was wrong with a message that has certainly not left, or with a contact that a CRM refuses, and tries it
    /// again.
    ///
    /// - Throws: `notFound`; `conflict` with the detail `cannot_be_mended`, or `handle_taken` when another contact has
    ///   the address; the send gate's refusal of the new content; `invalid` for a value that the field cannot hold here.
    package func mendDeadLetter(
        _ job: JobID, with mend: DeadLetterMend, in workspace: WorkspaceID, by actor: String
    ) async throws -> DeadLetterReport {
        try await settling([job], in: workspace, by: actor) { settling in
            try DeadLetterMending(settling: settling).mend(job, with: mend)
        }
    }

    private func settling(
        _ jobs: [JobID], in workspace: WorkspaceID, by actor: String,
        _ body: @escaping @Sendable (DeadLetterSettling) throws -> DeadLetterReport
    ) async throws -> DeadLetterReport {
        guard jobs.count <= Self.maxDeadLettersAtOnce else { throw PuenteError.tooManyAtOnce }
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try body(
                DeadLetterSettling(
                    store: store, connection: connection, workspace: workspace, actor: actor, now: now))
        }
    }
}

extension PuenteError {
    package static let mayHaveBeenSent = PuenteError(
        .conflict, detail: "may_have_been_sent",
        en: "This message may have reached the customer. It is sent again only when that is asked for expressly.",
        es: "Puede que este mensaje le haya llegado al cliente. Solo se envía de nuevo si se pide expresamente.")
    static let tooManyAtOnce = PuenteError(
        .invalid, detail: "too_many", en: "That is too many at once: choose at most \(Store.maxDeadLettersAtOnce).",
        es: "Son demasiados a la vez: elija \(Store.maxDeadLettersAtOnce) como máximo.")
}
