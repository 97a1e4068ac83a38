/// `…/sobjects/{type}/updated` and `…/deleted`: ids of what changed in a span of time.
/// Source: Salesforce, REST API Developer Guide, "sObject Get Updated" and "sObject Get Deleted".
extension Salesforce {
    private static let day: Int64 = 86_400_000

    func changed(
        _ type: String, _ request: SalesforceRequest, isDeleted: Bool
    ) throws(SalesforceError) -> Answer {
        guard let start = request.call.query["start"].flatMap(SalesforceTime.milliseconds),
            let end = request.call.query["end"].flatMap(SalesforceTime.milliseconds)
        else { throw .bad("MISSING_ARGUMENT", "start and end are times") }
        guard start < end, end - start <= 30 * Self.day else {
            throw .bad("INVALID_REPLICATION_DATE", "The span must begin before it ends and have at most 30 days")
        }
        return try withState { state throws(SalesforceError) in
            let object = try state.object(type)
            let records = Self.records(object, from: start, to: end, isDeleted: isDeleted, in: state)
            let covered = JSON(SalesforceTime.text(min(end, request.now)))
            guard isDeleted else {
                return .json(["ids": JSON(records.map { state.id($0, of: object) }), "latestDateCovered": covered])
            }
            return .json([
                "deletedRecords": .array(
                    records.map {
                        [
                            "id": JSON(state.id($0, of: object)),
                            "deletedDate": JSON(SalesforceTime.text($0.modifiedAt)),
                        ]
                    }),
                "earliestDateAvailable": JSON(SalesforceTime.text(request.now - 15 * Self.day)),
                "latestDateCovered": covered,
            ])
        }
    }

    private static func records(
        _ object: Int, from start: Int64, to end: Int64, isDeleted: Bool, in state: SalesforceState
    ) -> [SObjectRecord] {
        let table = state[object].table
        let numbers = Set(table.log.since(start).map(\.number)).sorted()
        return numbers.compactMap { table[$0] }.filter {
            $0.isDeleted == isDeleted && (start..<end).contains($0.modifiedAt)
        }
    }
}
