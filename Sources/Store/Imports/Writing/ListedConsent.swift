import Domain

extension ConsentEntryDraft {
    /// What a row of a list says of consent to marketing: a claim of the company's with its words and source, by single
    /// opt-in at most; or that the person does not want any, which needs no words.
    init(listed row: ImportWriter.Row, in source: ImportSource, at now: Timestamp) {
        let claim = row.plan.grants ? source.options.consent : nil
        self.init(
            contact: row.plan.contact, purpose: .marketing, change: row.plan.grants ? .granted : .withdrawn,
            source: .import, words: claim?.words ?? "",
            // It counts from the import on unless somebody says since when.
            at: claim?.at ?? now, actor: source.actor,
            evidence: ConsentEvidence(file: source.name, line: row.number, reference: claim?.source))
    }
}
