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
        var field = try Self.field(path[1], type, metadata)
        field.label = label
        field.isVisible = false
        return (object, field)
    }

    /// The types that the sandbox plays, with the kind that a description calls them.
    private static let kinds: [String: SObjectField.Kind] = [
        "Text": .string, "LongTextArea": .textarea, "Phone": .phone, "Email": .email, "Url": .url, "Checkbox": .boolean,
        "Number": .double, "Date": .date, "DateTime": .datetime, "Picklist": .picklist,
        "MultiselectPicklist": .multipicklist,
    ]

    private static func field(
        _ name: String, _ type: String, _ metadata: JSON
    ) throws(SalesforceError) -> SObjectField {
        guard let kind = kinds[type] else {
            throw .bad("INVALID_INPUT", "The sandbox makes no fields of the type \(type.prefix(40))")
        }
        let length = metadata["length"]?.wholeNumber
        switch type {
        case "Text": guard let length, (1...255).contains(length) else { throw wrongLength }
        case "LongTextArea":
            guard let length, (256...131_072).contains(length), metadata["visibleLines"]?.wholeNumber != nil else {
                throw wrongLength
            }
        default: break
        }
        let set = metadata["valueSet"]
        let options = (set?["valueSetDefinition"]?["value"]?.items ?? []).compactMap { $0["fullName"]?.text }
        guard !options.isEmpty || kind != .picklist && kind != .multipicklist else {
            throw .bad("FIELD_INTEGRITY_EXCEPTION", "A picklist needs its values")
        }
        return SObjectField(
            name, kind, length: length.map { Int(clamping: $0) } ?? 255, isUnique: metadata["unique"]?.flag ?? false,
            isExternalID: metadata["externalId"]?.flag ?? false, options: options,
            isRestricted: set?["restricted"]?.flag ?? false)
    }

    private static let wrongLength = SalesforceError.bad(
        "FIELD_INTEGRITY_EXCEPTION", "A text has 1 to 255 characters, a long one 256 to 131072 and some visible lines")
}
