package import Domain

/// What happens in Salesforce when a person is erased in Puente.
///
/// Told: our own fields of the record are emptied, and a task on it says what happened; people there decide what becomes of
/// the record. Deletion wished: our messages and the record are deleted. The API cannot delete past the recycle bin, which
/// keeps them for 15 days where nobody empties it.
/// Source: Salesforce, REST API Developer Guide, "sObject Collections: delete"; Salesforce Help, "Recycle Bin".
extension SalesforceConnector {
    private static let deletionsPerCall = 50
    private static let maxDeletionCalls = 100

    package func tellErasures(_ erasures: [ContactErasure]) async throws(CallFailure) -> [ItemOutcome] {
        try await erasures.outcomes { erasure async throws(CallFailure) in try await self.tell(erasure) }
    }

    private func tell(_ erasure: ContactErasure) async throws(CallFailure) {
        for record in try await records(of: erasure) {
            if erasure.isDeletionWished {
                try await deleteMessages(of: record)
                try await delete([record])
            } else if try await emptyFields(of: record) {
                try await writeLine(on: record, about: erasure)
            }
        }
    }

    /// Those that we were linked with, as they live on; else the one that has our id.
    private func records(of erasure: ContactErasure) async throws(CallFailure) -> [String] {
        let known = erasure.remoteIDs.filter(SalesforceRecordID.isContact)
        guard known.isEmpty else { return Set(try await living(known).values.map(\.id)).sorted() }
        return try await unlinkedRecords(of: erasure)
    }

    /// The link of a message to its contact ends with the contact, not the message.
    private func deleteMessages(of record: String) async throws(CallFailure) {
        guard try await api.schema().message != nil else { return }
        let query =
            "SELECT Id FROM \(SalesforceMessageField.object) WHERE \(SalesforceMessageField.contact.name) = "
            + "\(SOQL.text(record)) LIMIT \(Self.deletionsPerCall)"
        for _ in 0..<Self.maxDeletionCalls {
            let ids = try await api.records(query).map(\.id)
            guard !ids.isEmpty else { return }
            try await delete(ids)
        }
        throw SalesforceAdvice.tooMuchAtOnce
    }

    /// A record that is not there is answered like one that was deleted just now.
    private func delete(_ ids: [String]) async throws(CallFailure) {
        let results: [SalesforceResult] = try await api.delete(
            "/composite/sobjects?ids=\(ids.joined(separator: ","))&allOrNone=false")
        for result in results where !result.success {
            guard let error = result.errors?.first else { throw SalesforceAdvice.unmentioned(isRepeatable: true) }
            let reader = SalesforceFailure(secrets: [], effect: .repeatable, place: api.settings.place)
            let failure = reader.failure(error)
            guard failure.code == CallFailure.RecordCode.gone else { throw failure }
        }
    }

    /// - Returns: false when the record is gone.
    private func emptyFields(of record: String) async throws(CallFailure) -> Bool {
        let schema = try await api.schema()
        let names = SalesforceField.allCases.map(\.name).filter(schema.contact.isWritable)
        let empty = Dictionary(uniqueKeysWithValues: names.map { ($0, String?.none) })
        let write = SalesforceWrite(type: "Contact", id: record, fields: empty)
        switch await SalesforceBatchRun(api: api, call: .update).outcomes(of: [write]).first?.outcome {
        case .done: return true
        case .failed(let failure) where failure.code == CallFailure.RecordCode.gone: return false
        case .failed(let failure): throw failure
        case nil: throw SalesforceAdvice.unmentioned(isRepeatable: true)
        }
    }

    /// Once: a repeat finds the task by its marker.
    private func writeLine(on record: String, about erasure: ContactErasure) async throws(CallFailure) {
        guard try await tasks(of: [record], around: [erasure.at])[erasure.occasion] == nil else { return }
        let language = api.settings.language
        let write = SalesforceWrite(
            type: "Task",
            fields: [
                "Subject": "\(Self.subject[language]) · \(CommunicationBody.mark)\(erasure.occasion)",
                "Description": Self.line[language], "WhoId": record, "Status": "Completed",
                "ActivityDate": SalesforceActivityWriter.day(erasure.at),
            ])
        let run = SalesforceBatchRun(api: api, call: .create)
        if case .failed(let failure)? = await run.outcomes(of: [write]).first?.outcome { throw failure }
    }

    private static let subject = LocalizedText(en: "Erased in Puente", es: "Persona borrada en Puente")
    private static let line = LocalizedText(
        en: "This person was erased in Puente at their wish. Check whether this record has to be deleted, too.",
        es: "Esta persona se borró en Puente a petición suya. Compruebe si también hay que eliminar esta ficha.")
}
