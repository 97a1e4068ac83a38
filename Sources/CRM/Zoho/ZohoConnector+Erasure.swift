package import Domain

/// What happens in Zoho when a person is erased in Puente.
///
/// Told: our own fields of the record are emptied, and a note says what happened; people there decide what becomes of
/// the record. Deletion wished: the record goes into the recycle bin and out of it again, with its notes.
/// Source: Zoho's published OpenAPI files `record` and `recycle_bin` (v8.0).
extension ZohoConnector {
    package func tellErasures(_ erasures: [ContactErasure]) async throws(CallFailure) -> [ItemOutcome] {
        try await erasures.outcomes { erasure async throws(CallFailure) in try await self.tell(erasure) }
    }

    private func tell(_ erasure: ContactErasure) async throws(CallFailure) {
        for record in try await records(of: erasure) {
            if erasure.isDeletionWished {
                try await delete(record)
            } else if try await emptyFields(of: record) {
                try await writeLine(on: record, about: erasure)
            }
        }
    }

    /// Those that we were linked with; else the one that has our id.
    private func records(of erasure: ContactErasure) async throws(CallFailure) -> [String] {
        let known = erasure.remoteIDs.filter(Self.isRecordID)
        return known.isEmpty ? try await unlinkedRecords(of: erasure) : known
    }

    /// A record that is not there is as good as deleted, and so is one that is not in the recycle bin.
    private func delete(_ record: String) async throws(CallFailure) {
        try await end("/Contacts?ids=\(record)&wf_trigger=false")
        try await end("/settings/recycle_bin/\(record)")
    }

    private func end(_ path: String) async throws(CallFailure) {
        do throws(CallFailure) {
            let items = try await api.end(path)
            if let item = items.first(where: { !$0.isSuccess }) { throw api.failures(.repeatable).failure(item) }
        } catch {
            guard error.code == CallFailure.RecordCode.gone else { throw error }
        }
    }

    /// - Returns: false when the record is gone.
    private func emptyFields(of record: String) async throws(CallFailure) -> Bool {
        var row: ZohoRow = ["id": .text(record)]
        for field in ZohoField.allCases { row[field.rawValue] = .null }
        let run = ZohoBatchRun(api: api, method: "PUT", path: "/Contacts", effect: .repeatable)
        switch await run.outcomes(of: [row]).first {
        case .done: return true
        case .failed(let failure) where failure.code == CallFailure.RecordCode.gone: return false
        case .failed(let failure): throw failure
        case nil: throw ZohoAdvice.unmentioned(isRepeatable: true)
        }
    }

    /// Once: a repeat finds the note by its marker.
    private func writeLine(on record: String, about erasure: ContactErasure) async throws(CallFailure) {
        let found = try await notes(of: record, marked: [erasure.occasion], since: erasure.at - .hours(1))
        guard found.isEmpty else { return }
        let text = "\(Self.line[api.settings.language]) · \(CommunicationBody.mark)\(erasure.occasion)"
        let run = ZohoBatchRun(api: api, method: "POST", path: "/Notes", effect: .once)
        switch await run.outcomes(of: [Self.note(text, title: "Puente", on: record)]).first {
        case .failed(let failure): throw failure
        case .done, nil: return
        }
    }

    private static let line = LocalizedText(
        en: "This person was erased in Puente at their wish. Check whether this record has to be deleted, too.",
        es: "Esta persona se borró en Puente a petición suya. Compruebe si también hay que eliminar esta ficha.")
}
