import Domain
import Secrets

extension SQLConnection {
    /// Of these handles those of people who had their data erased: as ``isErased(kind:value:in:store:)`` says of each,
    /// asked for all of them together.
    func erasedHandles(
        among keys: Set<HandleKey>, in workspace: WorkspaceID, store: Store
    ) throws -> Set<HandleKey> {
        // Most companies have erased nobody: nothing is hashed for them.
        let hasAny = try row(
            "SELECT 1 AS one FROM tombstone WHERE workspace_id = :workspace_id LIMIT 1", ["workspace_id": workspace])
        guard hasAny != nil else { return [] }
        var erased: Set<HandleKey> = []
        for part in Array(keys).slices(of: 250) {
            var owners: [[UInt8]: HandleKey] = [:]
            for key in part {
                for hash in store.erased.candidates("\(workspace)", key.kind, key.value) { owners[hash] = key }
            }
            let list = SQLValueList("hash", Array(owners.keys))
            let found = try rows(
                "SELECT hash FROM tombstone WHERE workspace_id = :workspace_id AND hash IN \(list.sql)",
                list.arguments(["workspace_id": workspace]))
            for row in found {
                guard let key = owners[try row.get("hash")] else { continue }
                // Who came back by themself is no stranger.
                if try isErased(kind: key.kind, value: key.value, in: workspace, store: store) { erased.insert(key) }
            }
        }
        return erased
    }
}
