import Domain

extension MergeUndo {
    /// Recorded by somebody of the merged person: neither said in a message of either account, nor told by WhatsApp of one.
    func repeatWithdrawals() throws {
        let entries = try connection.consentEntries(of: [winner], in: workspace)[winner] ?? []
        for entry in entries
        where entry.change == .withdrawn && entry.message == nil && entry.evidence.account == nil
            && entry.recordedAt > mergedAt && entry.source != .merge
        {
            var evidence = entry.evidence
            evidence.reference = "\(entry.id)"
            try connection.recordConsent(
                ConsentEntryDraft(
                    contact: loser, purpose: entry.purpose, change: .withdrawn, source: entry.source,
                    words: entry.words, at: entry.at, actor: entry.actor, evidence: evidence),
                in: workspace, ids: store.ids, at: now)
        }
    }
}
