/// Writes records as Zoho shows them.
struct ZohoWriter {
    let module: ZohoModule
    private let state: ZohoState
    private let book: ZohoFieldBook
    private let columns: [(name: String, column: ZohoColumn)]

    /// - Parameter names: unknown ones are left out, as Zoho does; nil for all fields.
    init(_ module: ZohoModule, in state: ZohoState, names: [String]? = nil) {
        self.module = module
        self.state = state
        let book = state.book(module)
        self.book = book
        var seen: Set<String> = ["id"]
        columns = (names ?? book.all.map(\.name)).compactMap { name in
            guard seen.insert(name).inserted else { return nil }
            return ZohoColumn(name, in: book).map { (name, $0) }
        }
    }

    func json(_ record: ZohoRecord) -> JSON {
        var object = JSONObject()
        object.reserve(columns.count + 1)
        for (name, column) in columns { object.append(name, value(column, of: record)) }
        object.append("id", JSON(String(record.id)))
        return .object(object)
    }

    private func value(_ column: ZohoColumn, of record: ZohoRecord) -> JSON {
        switch column {
        case .id: JSON(String(record.id))
        case .owner: record.owner.reference
        case .creator: record.creator.reference
        case .modifier: record.modifier.reference
        case .created: JSON(ZohoTime.text(record.createdAt))
        case .modified: JSON(ZohoTime.text(record.modifiedAt))
        case .activity: record.activityAt.map { JSON(ZohoTime.text($0)) } ?? .null
        case .fullName: column.text(of: record, book).map { JSON($0) } ?? .null
        case .tags: .array(record.tags.map(state.knownTag))
        case .field(let number): value(number, of: record)
        }
    }

    private func value(_ number: Int, of record: ZohoRecord) -> JSON {
        let kind = book.fields[number]?.kind
        guard let text = record[number] else { return kind == .boolean ? false : .null }
        switch kind {
        case .boolean: return JSON(text == "true")
        case .integer, .bigint: return Int64(text).map { JSON($0) } ?? .null
        case .double, .currency: return Double(text).map { JSON($0) } ?? .null
        case .multiselectpicklist: return JSON(text.split(separator: ";").map(String.init))
        case .datetime: return Int64(text).map { JSON(ZohoTime.text($0)) } ?? .null
        case .lookup, .ownerlookup: return lookup(text)
        default: return JSON(text)
        }
    }

    private func lookup(_ text: String) -> JSON {
        guard let id = Int64(text), let module = ZohoModule(of: id), let record = state.table(module)[id] else {
            return ["name": .null, "id": JSON(text)]
        }
        var json: JSON = ["name": JSON(state.name(of: record, module)), "id": JSON(text)]
        if self.module == .notes { json["module"] = ["api_name": JSON(module.apiName), "id": JSON(String(module.id))] }
        return json
    }
}

extension ZohoRecord {
    /// `details` of a write that went well.
    var writeDetails: JSON {
        [
            "Modified_Time": JSON(ZohoTime.text(modifiedAt)), "Modified_By": modifier.shortReference,
            "Created_Time": JSON(ZohoTime.text(createdAt)), "id": JSON(String(id)),
            "Created_By": creator.shortReference, "$approval_state": "approved",
        ]
    }
}
