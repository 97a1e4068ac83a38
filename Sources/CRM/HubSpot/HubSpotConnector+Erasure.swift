package import Domain

/// What happens in HubSpot when a person is erased in Puente.
///
/// Told: our own fields of the record are emptied, and a line on its timeline says what happened; people there decide what
/// becomes of the record. Deletion wished: the record goes for good (`gdpr-delete`), with all that hangs on it.
/// Source: HubSpot's published schemas, "Contacts: gdpr-delete", and its guide to properties (an empty text clears one).
extension HubSpotConnector {
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

    /// A record that is not there is answered like one that was deleted just now.
    private func delete(_ record: String) async throws(CallFailure) {
        do throws(CallFailure) {
            try await api.send(
                "POST", "\(api.paths.contacts)/gdpr-delete", HubSpotPrivacyDeletion(objectId: record),
                effect: .repeatable)
        } catch {
            guard error.code == CallFailure.RecordCode.gone else { throw error }
        }
    }

    /// - Returns: false when the record is gone.
    private func emptyFields(of record: String) async throws(CallFailure) -> Bool {
        var outcome = await empty(HubSpotField.allCases, of: record)
        if outcome?.isUnknownField == true {
            // Those that only the mapping fills need not be there.
            described.forget()
            let names = try await fieldBook(for: []).names
            outcome = await empty(HubSpotField.allCases.filter { names.contains($0.rawValue) }, of: record)
        }
        switch outcome {
        case .done: return true
        case .failed(let failure) where failure.code == CallFailure.RecordCode.gone: return false
        case .failed(let failure): throw failure
        case nil: throw HubSpotAdvice.unmentioned(isRepeatable: true)
        }
    }

    private func empty(_ fields: [HubSpotField], of record: String) async -> ItemOutcome? {
        let run = HubSpotBatchRun(api: api, path: "\(api.paths.contacts)/batch/update", effect: .repeatable)
        let write = HubSpotWrite(
            id: record, objectWriteTraceId: record,
            properties: Dictionary(uniqueKeysWithValues: fields.map { ($0.rawValue, "") }))
        return await run.outcomes(of: [write]).first
    }

    /// Once: a repeat finds the line by its marker.
    private func writeLine(on record: String, about erasure: ContactErasure) async throws(CallFailure) {
        var found: [String: String] = [:]
        for search in HubSpotActivitySearch.searches(around: [erasure.at]) {
            _ = try await look(with: search, into: &found)
        }
        guard found[erasure.occasion] == nil else { return }
        let run = HubSpotBatchRun(api: api, path: "\(api.paths.communications)/batch/create", effect: .once)
        let write = HubSpotWrite(
            objectWriteTraceId: erasure.occasion,
            properties: [
                "hs_communication_channel_type": "WHATS_APP", "hs_communication_logged_from": "CRM",
                "hs_communication_body":
                    "\(Self.line[api.settings.language]) · \(CommunicationBody.mark)\(erasure.occasion)",
                "hs_timestamp": erasure.at.iso8601,
            ],
            associations: [
                .init(
                    to: .init(id: record),
                    types: [.init(associationCategory: "HUBSPOT_DEFINED", associationTypeId: Self.contactAssociation)])
            ])
        switch await run.outcomes(of: [write]).first {
        case .failed(let failure):
            // It may stand there: the repeat looks for it, and comes sooner than the index shows it. Whoever cancels waits no
            // longer.
            if failure.kind == .unknown { try? await Task.sleep(for: Self.indexDelay) }
            throw failure
        case .done, nil: return
        }
    }

    private static let line = LocalizedText(
        en: "This person was erased in Puente at their wish. Check whether this record has to be deleted, too.",
        es: "Esta persona se borró en Puente a petición suya. Compruebe si también hay que eliminar esta ficha.")
}

private struct HubSpotPrivacyDeletion: Encodable {
    let objectId: String
}
