import Domain

/// A line of the ledger as people read it.
package struct ConsentEntryView: Sendable {
    package let icon: String
    package let tone: String
    /// "Granted: Promotions (marketing)", "Withdrawn: Notices (utility)"
    package let what: String
    /// "by a message", "told to Ana Rivas"
    package let how: String
    package let words: String?
    package let at: MomentText
    /// When it reached us, where that was later.
    package let recordedAt: MomentText?
    package let proofs: [Proof]

    package struct Proof: Sendable {
        package let label: String
        package let value: String
    }

    init(_ entry: ConsentEntry, in context: PageContext) {
        let words = context.words
        (self.icon, self.tone) =
            switch entry.change {
            case .granted: (entry.isDouble ? "badge-check" : "circle-check", "is-done")
            case .withdrawn: ("ban", "is-failed")
            case .requested: ("circle-question-mark", "is-plain")
            }
        let change = entry.change == .granted && entry.isDouble ? "double" : "\(entry.change)"
        self.what = words("consent.entry.\(change)", ["purpose": words("consent.purpose.\(entry.purpose)")])
        self.how = words("consent.source.\(entry.source)", ["actor": entry.actor])
        self.words = entry.words.allSatisfy(\.isWhitespace) ? nil : entry.words
        self.at = MomentText.sentence(entry.at, in: context)
        let isLater = entry.recordedAt - entry.at > .minutes(1)
        self.recordedAt = isLater ? MomentText.sentence(entry.recordedAt, in: context) : nil
        self.proofs = Self.proofs(entry.evidence, in: context)
    }

    private static func proofs(_ evidence: ConsentEvidence, in context: PageContext) -> [Proof] {
        let words = context.words
        let proofs: [(String, String?)] = [
            (words("consent.proof.message"), evidence.wamid), (words("consent.proof.question"), evidence.question),
            (words("consent.proof.button"), evidence.buttonTitle),
            (words("consent.proof.code"), evidence.code),
            (
                words("consent.proof.file"),
                evidence.file.map { file in
                    evidence.line.map { words("consent.proof.line", ["file": file, "line": "\($0)"]) } ?? file
                }
            ),
            (words("consent.proof.reference"), evidence.reference),
        ]
        return proofs.compactMap { label, value in value.map { Proof(label: label, value: $0) } }
    }
}
