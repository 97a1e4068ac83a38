package import Domain

/// What happens in Odoo when a person is erased in Puente.
///
/// Told: our own fields of the partner are emptied, and a note says what happened; people there decide what becomes of
/// it. Deletion wished: the partner goes for good, and its chatter with it. Odoo refuses where invoices, orders or
/// users need it.
extension OdooConnector {
    private static let line = LocalizedText(
        en: "This person was erased in Puente at their wish. Check whether this contact has to be deleted, too.",
        es: "Esta persona se borró en Puente a petición suya. Compruebe si también hay que eliminar este contacto.")

    package func tellErasures(_ erasures: [ContactErasure]) async throws(CallFailure) -> [ItemOutcome] {
        try await OdooRounds().run(erasures.map(\.puenteID)) { index async throws(CallFailure) in
            let erasure = erasures[index]
            try await self.tell(erasure)
            return erasure.remoteIDs.first ?? erasure.puenteID
        }.unlessAllFailedAlike()
    }

    private func tell(_ erasure: ContactErasure) async throws(CallFailure) {
        for partner in try await partners(of: erasure) {
            if erasure.isDeletionWished {
                try await delete(partner)
            } else if try await emptyFields(of: partner) {
                let html = "\(Self.line[api.settings.language]) · \(CommunicationBody.mark)\(erasure.occasion)"
                try await post(line: html, id: erasure.occasion, on: partner)
            }
        }
    }

    /// Those that we were linked with; else those that have our id.
    private func partners(of erasure: ContactErasure) async throws(CallFailure) -> [Int64] {
        let known = erasure.remoteIDs.compactMap(Self.recordID)
        return known.isEmpty ? try await unlinkedRecords(of: erasure).compactMap(Self.recordID) : known
    }

    private func delete(_ partner: Int64) async throws(CallFailure) {
        do throws(CallFailure) {
            let _: OdooValue = try await api.call(.unlink("res.partner", [partner]))
        } catch {
            if error.code == CallFailure.RecordCode.gone { return }
            let isAboutIt = error.kind == .permanent && error.scope == .message
            throw isAboutIt ? OdooAdvice.notDeleted(error) : error
        }
    }

    /// - Returns: false when the partner is gone.
    private func emptyFields(of partner: Int64) async throws(CallFailure) -> Bool {
        let existing = try await partnerFields()
        let ours = OdooField.allCases.map(\.rawValue).filter(existing.contains)
        do throws(CallFailure) {
            let empty = Dictionary(uniqueKeysWithValues: ours.map { ($0, OdooValue.flag(false)) })
            let _: OdooValue = try await api.call(.write("res.partner", [partner], empty))
            return true
        } catch {
            guard error.code == CallFailure.RecordCode.gone else { throw error }
            return false
        }
    }
}
