import Domain
import Synchronization

/// `POST /crm/v8/{module}/{master}/actions/merge`: one or two records go into a third.
/// Source: Zoho's published OpenAPI file `find_and_merge` (v8.0).
extension Zoho {
    func merge(_ module: ZohoModule, _ text: String, _ call: Call) throws(ZohoError) -> Answer {
        let master = try Self.id(text)
        guard let rows = try Self.body(call)["merge"]?.items?.first?["data"]?.items, (1...2).contains(rows.count) else {
            throw .missing("data", path: "$.merge[0].data")
        }
        var losers: [(id: Int64, fields: [String]?)] = []
        for (index, row) in rows.enumerated() {
            guard let id = row["id"]?.wholeNumber else { throw .missing("id", path: "$.merge[0].data[\(index)].id") }
            losers.append((id, (row["_fields"]?.items ?? []).compactMap { $0["api_name"]?.text }))
        }
        _ = try merge(module, into: master, losers, at: call.now.milliseconds, by: .bridge)
        return .json([
            "merge": [
                [
                    "code": "SUCCESS", "details": ["id": JSON(String(master))],
                    "message": "Records merged successfully", "status": "success",
                ]
            ]
        ])
    }

    /// For the API or for a person at the controls.
    /// - Parameter losers: with the fields whose values win; nil takes from them whatever the survivor lacks.
    func merge(
        _ module: ZohoModule, into master: Int64, _ losers: [(id: Int64, fields: [String]?)], at now: Int64,
        by user: ZohoUser
    ) throws(ZohoError) -> ZohoRecord {
        let (survivor, gone): (ZohoRecord, [Int64]) = try withState { state throws(ZohoError) in
            let result = try state.merge(module, into: master, losers, at: now, by: user)
            return (result.survivor, result.gone.map(\.id))
        }
        announce(deleted: gone, module)
        announce([Written(action: .update, record: survivor, names: [])], module)
        return survivor
    }
}
