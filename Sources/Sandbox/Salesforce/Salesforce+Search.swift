/// `…/search`: SOSL, which sees changes after the index's delay.
extension Salesforce {
    func search(_ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        guard request.call.method == .get else { throw .method }
        guard let text = request.call.query["q"] else { throw .bad("MALFORMED_SEARCH", "A search string is needed") }
        return try withState { state throws(SalesforceError) in
            let search = try SOSLSearch(text, in: state)
            let records = search.returning.flatMap { part -> [JSON] in
                let view = RecordView(object: part.object, state: state, version: request.version)
                return search.numbers(part.object, in: state, at: request.now).prefix(part.limit).compactMap {
                    state[part.object].table[$0]
                }.map { view.json($0, fields: part.fields) }
            }
            return .json(["searchRecords": .array(Array(records.prefix(2000)))])
        }
    }
}
