import ContactFiles
package import Domain
package import Store

/// Pages of the audit trail as CSV for a spreadsheet program, one after the other.
package struct AuditLines: Sendable {
    private let store: Store
    private let workspace: WorkspaceID
    private var query: AuditQuery
    private var lines = CSVEncoder(.spreadsheet)
    private var isAtEnd = false

    /// - Parameters:
    ///   - query: which entries; all pages of them.
    ///   - headings: of the columns time, actor, event, what, contact.
    package init(_ query: AuditQuery, headings: [String], in workspace: WorkspaceID, of store: Store) {
        self.store = store
        self.workspace = workspace
        self.query = query
        self.query.limit = ListLimit.range.upperBound
        lines.add(headings)
    }

    /// The next piece; nil at the end.
    /// - Parameter cells: of an entry, as many as there are headings.
    package mutating func next(_ cells: (AuditEntry) -> [String]) async throws -> [UInt8]? {
        guard !isAtEnd else { return nil }
        let page = try await store.audit(query, in: workspace)
        for entry in page.items { lines.add(cells(entry)) }
        query.before = page.next
        isAtEnd = page.next == nil
        return lines.take()
    }
}
