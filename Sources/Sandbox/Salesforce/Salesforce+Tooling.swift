/// `…/tooling/sobjects/CustomField`: a field is made, and nobody sees it yet.
/// Source: Salesforce, Tooling API, "CustomField".
extension Salesforce {
    func tooling(_ rest: [String], _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        guard rest == ["sobjects", "CustomField"] else { throw .notFound }
        guard request.call.method == .post else { throw .method }
        let body = try request.body()
        return try withState { state throws(SalesforceError) in
            guard state.mayCustomise else { throw .forbidden("You do not have the permission Customize Application.") }
            let (object, field) = try Self.definition(body, in: state)
            state.add(field, to: object)
            let id = SalesforceID.text(prefix: "00N", number: state[object].schema.fields.count)
            return .json(
                ["id": JSON(id), "success": true, "errors": [], "warnings": [], "infos": []], status: 201)
        }
    }

    private static func definition(
        _ body: JSON, in state: SalesforceState
    ) throws(SalesforceError) -> (object: Int, field: SObjectField) {
        let path = (body["FullName"]?.text ?? "").split(separator: ".").map(String.init)
        guard path.count == 2, path[1].hasSuffix("__c"), let metadata = body["Metadata"], metadata.members != nil,
            let label = metadata["label"]?.text, let type = metadata["type"]?.text
        else { throw .bad("FIELD_INTEGRITY_EXCEPTION", "FullName, label and type are needed") }
        let object = try state.object(path[0])
        guard !state[object].schema.hasField(path[1]) else {
            throw .bad(
                "DUPLICATE_DEVELOPER_NAME",
                "There is already a field named \(path[1].dropLast(3)) on \(path[0]).", fields: ["DeveloperName"])
        }
        guard type == "Text", let length = metadata["length"]?.wholeNumber, (1...255).contains(length) else {
            throw .bad("INVALID_INPUT", "The sandbox makes fields of type Text, with a length from 1 to 255")
        }
        var field = SObjectField(
            path[1], length: Int(length), isUnique: metadata["unique"]?.flag ?? false,
            isExternalID: metadata["externalId"]?.flag ?? false)
        field.label = label
        field.isVisible = false
        return (object, field)
    }
}
