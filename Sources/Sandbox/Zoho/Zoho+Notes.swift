import Domain
import Synchronization

/// `/crm/v8/{module}/{id}/Notes`: the notes of one record. What goes for all of them is at `/crm/v8/Notes`.
extension Zoho {
    func notes(of text: String, _ module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        let id = try Self.id(text)
        switch call.method {
        case .get:
            guard call.query["fields"] != nil else { throw .missingParameter("fields") }
            let notes = try withState { state throws(ZohoError) in
                guard state.table(module)[id] != nil else {
                    throw ZohoError(
                        "INVALID_DATA", "the id given seems to be invalid", details: ["resource_path_index": 1])
                }
                return state.notes(of: id)
            }
            return try page(notes, .notes, call)
        case .post: return try write(.insert, .notes, Self.adding(parent: id, module, to: call))
        default: throw .wrongMethod
        }
    }

    /// Under a record, its notes need not name it.
    private static func adding(parent: Int64, _ module: ZohoModule, to call: Call) throws(ZohoError) -> Call {
        var body = try body(call)
        let reference: JSON = ["module": ["api_name": JSON(module.apiName)], "id": JSON(String(parent))]
        body["data"] = .array(
            (body["data"]?.items ?? []).map { row in
                var row = row
                row["Parent_Id"] = reference
                return row
            })
        return Call(
            method: call.method, segments: call.segments, query: call.query, headers: call.headers,
            body: JSONWriter.buffer(body), origin: call.origin, now: call.now)
    }
}
