package import Domain

/// A contact that is nobody: written, read back and deleted, so that a person sees that it can be done. It has neither a
/// number nor an address, is found by nobody, and never becomes a contact of Puente's.
///
/// Its key is always the same: one that could not be deleted is used again, and deleted then.
enum SampleRecord {
    static let puenteID = "00000000CHECK"
    private static let attempts = 3
    private static let pause: Duration = .seconds(1)

    static func step(_ connector: any Connector, now: Timestamp) async -> CheckStep {
        let remoteID: String
        do throws(CallFailure) {
            remoteID = try await write(connector)
        } catch {
            return .failed(.sample, error)
        }
        let read = await isReadBack(remoteID, connector)
        if let failure = await removalFailure(of: remoteID, connector, now: now) { return left(remoteID, failure) }
        return read ? written : unread
    }

    private static func write(_ connector: any Connector) async throws(CallFailure) -> String {
        let contact = ContactUpsert(
            puenteID: puenteID, occasion: puenteID, firstName: "Puente", lastName: "Check", profileName: "Puente Check")
        switch try await connector.upsertContacts([contact]).first {
        case .done(let remoteID): return remoteID
        case .failed(let failure): throw failure
        case nil: throw CallFailure.unanswered
        }
    }

    /// A record that was just made may take a moment to be seen.
    private static func isReadBack(_ remoteID: String, _ connector: any Connector) async -> Bool {
        for attempt in 1...attempts {
            // Not read is not read, whatever the reason: the next attempt may tell more.
            if let found = try? await connector.contact(remoteID: remoteID), found.id == remoteID { return true }
            // Whoever cancels the check waits no longer.
            if attempt < attempts { try? await Task.sleep(for: pause) }
        }
        return false
    }

    private static func removalFailure(
        of remoteID: String, _ connector: any Connector, now: Timestamp
    ) async -> CallFailure? {
        let erasure = ContactErasure(
            puenteID: puenteID, remoteIDs: [remoteID], isDeletionWished: true, at: now, occasion: puenteID)
        do throws(CallFailure) {
            switch try await connector.tellErasures([erasure]).first {
            case .done: return nil
            case .failed(let failure): return failure
            case nil: return .unanswered
            }
        } catch {
            return error
        }
    }

    // MARK: Sentences

    private static let written = CheckStep.passed(
        .sample, en: "A sample contact was written, read back and deleted.",
        es: "Se escribió, se leyó y se eliminó un contacto de prueba.")

    private static let unread = CheckStep.failed(
        .sample,
        cause: LocalizedText(
            en: "A sample contact was written and deleted, but could not be read back.",
            es: "Se escribió y se eliminó un contacto de prueba, pero no se pudo leer."),
        remedy: LocalizedText(
            en: "Look whether the connection's user may see all contacts, then check again.",
            es: "Vea si el usuario de la conexión puede ver todos los contactos y compruébelo de nuevo."))

    private static func left(_ remoteID: String, _ failure: CallFailure) -> CheckStep {
        CheckStep(
            name: .sample,
            outcome: .noted(
                LocalizedText(
                    en:
                        "A sample contact “Puente Check” was written, and could not be deleted again: \(failure.advice.en) Delete the record \(remoteID) by hand.",
                    es:
                        "Se escribió un contacto de prueba «Puente Check» y no se pudo eliminar: \(failure.advice.es) Elimine a mano la ficha \(remoteID)."
                )))
    }
}

extension CallFailure {
    fileprivate static let unanswered = CallFailure(
        kind: .permanent, code: "no-outcome", scope: .connection, vendorText: "",
        advice: LocalizedText(
            en: "The CRM did not say what became of the record. Check again.",
            es: "El CRM no dijo qué pasó con la ficha. Compruébelo de nuevo."))
}
