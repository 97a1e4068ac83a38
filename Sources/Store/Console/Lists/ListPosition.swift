/// Where a page of a list ends: the sort key of its last row and, since keys repeat, the row's id.
///
/// As text it is `key.id` in decimal. It says nothing secret; who hands it to strangers seals it.
package struct ListPosition: Hashable, Sendable {
    package let key: Int64
    package let id: Int64

    package init(key: Int64, id: Int64) {
        self.key = key
        self.id = id
    }

    /// Lists that are sorted by the id alone.
    package init(id: Int64) {
        self.init(key: id, id: id)
    }
}

extension ListPosition: LosslessStringConvertible {
    package var description: String { "\(key).\(id)" }

    /// Nil for anything that `description` does not write.
    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let key = Int64(parts[0]), let id = Int64(parts[1]) else { return nil }
        self.init(key: key, id: id)
        guard self.description == description else { return nil }
    }
}
