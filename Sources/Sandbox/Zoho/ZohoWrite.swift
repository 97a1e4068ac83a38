import Domain

/// One record of a write, by the rules that hold for whoever makes it.
struct ZohoWrite: Sendable {
    let kind: Zoho.WriteKind
    let module: ZohoModule
    /// Numbers of the fields by which an upsert looks for the record.
    var keys: [Int] = []
    var unmodifiedSince: Int64?
    let now: Int64
    let user: ZohoUser
    /// Of the record within the body.
    let path: String

    func carryOut(_ row: JSON, in state: inout ZohoState) -> Result<Zoho.Written, ZohoError> {
        do throws(ZohoError) {
            switch kind {
            case .insert: return .success(try insert(row, in: &state))
            case .updateOne(let id): return .success(try update(id, row, in: &state))
            case .update:
                guard let text = row["id"]?.identifier else { throw .missing("id", path: "\(path).id") }
                guard let id = Int64(text) else { throw .wrongID(text, path: "\(path).id") }
                return .success(try update(id, row, in: &state))
            case .upsert: return .success(try upsert(row, in: &state))
            }
        } catch {
            return .failure(error)
        }
    }

    private func insert(_ row: JSON, in state: inout ZohoState) throws(ZohoError) -> Zoho.Written {
        let draft = try ZohoDraft(row, module, in: state, path: path, isNew: true)
        try checkUnique(draft, except: nil, in: state)
        let record = state.create(module, draft, at: now, by: user)
        return Zoho.Written(action: .insert, record: record, names: draft.names)
    }

    private func update(
        _ id: Int64, _ row: JSON, by field: String? = nil, in state: inout ZohoState
    ) throws(ZohoError) -> Zoho.Written {
        guard let old = state.table(module)[id] else { throw .wrongID(String(id), path: "\(path).id") }
        if let unmodifiedSince, old.modifiedAt > unmodifiedSince {
            throw ZohoError(
                "ALREADY_MODIFIED", "record is modified after the given time", status: 412, details: old.writeDetails)
        }
        let draft = try ZohoDraft(row, module, in: state, path: path, isNew: false)
        try checkUnique(draft, except: id, in: state)
        guard let record = state.update(module, id, draft, at: now, by: user) else {
            throw .wrongID(String(id), path: "\(path).id")
        }
        let names = draft.names.filter { name in
            guard let column = ZohoColumn(name, in: state.book(module)) else { return false }
            return column.text(of: old, state.book(module)) != column.text(of: record, state.book(module))
        }
        return Zoho.Written(action: .update, record: record, names: names, duplicateField: field)
    }

    /// A row whose keys are empty is a new record.
    private func upsert(_ row: JSON, in state: inout ZohoState) throws(ZohoError) -> Zoho.Written {
        if let id = row["id"]?.wholeNumber { return try update(id, row, in: &state) }
        for key in keys {
            let name = state.book(module).fields[key]?.name ?? ""
            guard let text = row[name]?.text, !text.isEmpty else { continue }
            let ids = Self.ids(with: text, in: key, state.table(module))
            guard ids.count <= 1 else { throw .ambiguous(name, path: "\(path).\(name)") }
            if let id = ids.first { return try update(id, row, by: name, in: &state) }
        }
        return try insert(row, in: &state)
    }

    private static func ids(with text: String, in field: Int, _ table: ZohoTable) -> [Int64] {
        if table.isIndexed(field) { return table.ids(with: text, in: field) }
        return table.live.filter { $0[field]?.lowercased() == text.lowercased() }.map(\.id)
    }

    /// Throws when another record has a value of the draft that must be unique.
    private func checkUnique(_ draft: ZohoDraft, except id: Int64?, in state: ZohoState) throws(ZohoError) {
        var problems: [ZohoError] = []
        for (number, text) in draft.values {
            guard let text, let field = state.book(module).fields[number], field.isUnique,
                let other = Self.ids(with: text, in: number, state.table(module)).first(where: { $0 != id }),
                let record = state.table(module)[other]
            else { continue }
            problems.append(
                ZohoError(
                    "DUPLICATE_DATA", "duplicate data",
                    details: [
                        "api_name": JSON(field.name), "json_path": JSON("\(path).\(field.name)"),
                        "id": JSON(String(other)), "more_records": false,
                        "duplicate_record": [
                            "id": JSON(String(other)), "Owner": record.owner.shortReference,
                            "module": ["api_name": JSON(module.apiName), "id": JSON(String(module.id))],
                        ],
                    ]))
        }
        if let problem = ZohoError.together(problems) { throw problem }
    }
}
