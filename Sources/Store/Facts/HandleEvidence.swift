/// How we know that a handle is somebody's, as the column `evidence` keeps it.
enum HandleEvidence {
    static let imported = "import"
    static let crm = "crm"

    /// Words of others than Meta: a CRM's record, a list. They tell whom to look for and, where nothing better is known,
    /// where to write to; but a number that was mistyped is a stranger's. So what Meta says counts first, whoever holds
    /// the handle by a claim alone: a claim brings nobody into another's conversation.
    static let claims: Set<String> = [crm, imported]

    /// For SQL: `evidence NOT IN …`.
    static let claimList = "('crm', 'import')"

    static func isClaim(_ evidence: String) -> Bool { claims.contains(evidence) }
}
