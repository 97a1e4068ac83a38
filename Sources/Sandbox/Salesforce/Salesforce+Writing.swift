/// One record written, alone or as a part of a collection.
extension Salesforce {
    struct Written: Sendable {
        let id: String
        let isNew: Bool

        var json: JSON { ["id": JSON(id), "success": true, "errors": [], "created": JSON(isNew)] }
    }

    static func create(
        _ json: JSON, _ object: Int, _ request: SalesforceRequest, in state: inout SalesforceState
    ) throws(SalesforceError) -> String {
        guard id(in: json) == nil else {
            throw .bad("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", fields: ["Id"])
        }
        try checkSetup(object, state)
        let draft = try SObjectDraft(json, state[object].schema, isNew: true)
        try state.duplicateRule.check(
            draft, object, except: nil, allowsSave: request.allowsSave, in: state, version: request.version)
        let record = try state.insert(draft, into: object, at: request.now)
        if state[object].schema.name == "Contact" { state.contactWrites.created += 1 }
        return state.id(record, of: object)
    }

    static func update(
        _ id: String, _ json: JSON, _ object: Int, _ request: SalesforceRequest, in state: inout SalesforceState
    ) throws(SalesforceError) -> String {
        let record = try state.live(id, of: object)
        let draft = try SObjectDraft(json, state[object].schema, isNew: false)
        try state.duplicateRule.check(
            draft, object, except: record.number, allowsSave: request.allowsSave, in: state, version: request.version)
        let changed = try state.update(record.number, of: object, draft, at: request.now)
        if state[object].schema.name == "Contact" { state.contactWrites.updated += 1 }
        return state.id(changed, of: object)
    }

    static func upsert(
        _ value: String, _ field: String, _ json: JSON, _ object: Int, _ request: SalesforceRequest,
        updateOnly: Bool = false, in state: inout SalesforceState
    ) throws(SalesforceError) -> Written {
        if let record = try match(value, field, object, in: state) {
            let id = state.id(record, of: object)
            return Written(id: try update(id, json, object, request, in: &state), isNew: false)
        }
        guard !updateOnly else { throw .notFound }
        let number = try state[object].schema.key(field)
        guard state[object].schema.fields[number].kind != .id else { throw .notFound }
        var json = json
        json[state[object].schema.fields[number].name] = JSON(value)
        return Written(id: try create(json, object, request, in: &state), isNew: true)
    }

    /// The one living record with a value of an external id.
    static func match(
        _ value: String, _ field: String, _ object: Int, in state: SalesforceState
    ) throws(SalesforceError) -> SObjectRecord? {
        let number = try state[object].schema.key(field)
        if state[object].schema.fields[number].kind == .id { return try state.live(value, of: object) }
        let matches = state.matches(value, in: number, of: object)
        guard matches.count <= 1 else {
            throw .bad(
                "DUPLICATE_EXTERNAL_ID",
                "\(field): more than one record found for external id field: "
                    + matches.map { state.id($0, of: object) }.description)
        }
        return matches.first
    }

    /// The id that a record of a collection names.
    static func id(in json: JSON) -> String? { (json["id"] ?? json["Id"])?.text }

    /// Who sees what is set up by those who may customise the org.
    private static func checkSetup(_ object: Int, _ state: SalesforceState) throws(SalesforceError) {
        let isSetup = ["PermissionSet", "PermissionSetAssignment", "FieldPermissions", "User"].contains(
            state[object].schema.name)
        guard isSetup, !state.mayCustomise else { return }
        throw .bad(
            "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", fields: [])
    }
}
