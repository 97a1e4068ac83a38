/// What a write must fit to among the other records.
extension SalesforceState {
    func check(_ draft: SObjectDraft, _ object: Int, except number: Int?) throws(SalesforceError) {
        for (field, text) in draft.values {
            guard let text else { continue }
            let definition = self[object].schema.fields[field]
            if definition.kind == .reference { try checkTarget(text, definition) }
            if definition.isUnique { try checkUnique(text, field, object, except: number) }
        }
    }

    private func checkTarget(_ id: String, _ field: SObjectField) throws(SalesforceError) {
        // A task may also belong to a lead: what is no id of the one type is tried as one of the other.
        let types = field.name == "WhoId" ? ["Contact", "Lead"] : [field.target].compactMap(\.self)
        let objects = types.compactMap { self.number(of: $0) }
        guard !objects.isEmpty else { return }
        guard let record = objects.lazy.compactMap({ self.record(id, of: $0) }).first else {
            throw .bad(
                "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                "insufficient access rights on cross-reference id: \(id)",
                fields: [])
        }
        if record.isDeleted { throw .bad("ENTITY_IS_DELETED", "entity is deleted", fields: []) }
    }

    private func checkUnique(
        _ text: String, _ field: Int, _ object: Int, except number: Int?
    ) throws(SalesforceError) {
        guard let other = matches(text, in: field, of: object).first(where: { $0.number != number }) else { return }
        let name = self[object].schema.fields[field].name
        throw .bad(
            "DUPLICATE_VALUE",
            "duplicate value found: \(name) duplicates value on record with id: \(id(other, of: object).prefix(15))",
            fields: [])
    }

    /// A field that was made through the Tooling API can be seen once a permission set with it is assigned to the user.
    mutating func showFields(after object: Int) {
        guard ["FieldPermissions", "PermissionSetAssignment"].contains(self[object].schema.name),
            let grants = self.number(of: "FieldPermissions"),
            let assignments = self.number(of: "PermissionSetAssignment")
        else { return }
        let held = Set(
            values(["AssigneeId", "PermissionSetId"], of: assignments).filter { $0[0] == userID }.compactMap { $0[1] })
        for grant in values(["ParentId", "SobjectType", "Field", "PermissionsRead"], of: grants) {
            guard let parent = grant[0], held.contains(parent), let type = grant[1], let path = grant[2],
                grant[3] == "true", let field = path.split(separator: ".").last
            else { continue }
            reveal(String(field), of: type)
        }
    }

    private func values(_ names: [String], of object: Int) -> [[String?]] {
        let (schema, table) = (self[object].schema, self[object].table)
        let fields = names.map { schema.number(of: $0) }
        return table.records.numbers.compactMap { table[$0] }.map { record in fields.map { $0.flatMap { record[$0] } } }
    }
}
