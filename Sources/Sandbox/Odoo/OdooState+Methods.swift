/// What the methods of models answer.
extension OdooState {
    mutating func answer(_ call: OdooCall) throws(OdooError) -> JSON {
        let table = try table(call.model)
        context = call.context
        try checkMayRead(call)
        switch call.method {
        case "search":
            return .array(found(try search(call, in: table), in: table).map { JSON($0.id) })
        case "search_count": return JSON(matching(try search(call, in: table).domain, in: table).count)
        case "search_read":
            let fields = try fields(call["fields"], in: table)
            return .array(found(try search(call, in: table), in: table).map { json($0, fields, in: table) })
        case "read": return try read(call, in: table)
        case "create": return try create(call)
        case "write":
            try write(call.model, call.ids ?? [], try call.argument("vals"))
            return true
        case "unlink":
            try unlink(call.model, call.ids ?? [])
            return true
        case "exists": return .array((call.ids ?? []).filter { table[$0] != nil }.map { JSON($0) })
        case "name_get": return .array(try records(call.ids ?? [], in: table).map { pair($0, in: table) })
        case "name_search": return try nameSearch(call, in: table)
        case "fields_get": return fieldsGet(call, in: table)
        case "check_access_rights", "has_access": return try access(call)
        case "load": return try load(call, in: table)
        case "message_post" where call.model == "res.partner": return try messagePost(call)
        case "context_get" where call.model == "res.users":
            return ["lang": "en_US", "tz": "Europe/Madrid", "uid": JSON(user)]
        case "check_object_reference" where call.model == "ir.model.data": return try reference(call)
        case "add" where call.model == "phone.blacklist": return try block(call, isBlocked: true)
        case "remove" where call.model == "phone.blacklist": return try block(call, isBlocked: false)
        case "action_merge" where call.model == "base.partner.merge.automatic.wizard":
            return try runMerge(call, in: table)
        default: throw .notFound("The method '\(call.model).\(call.method)' does not exist")
        }
    }

    private static let reading: Set<String> = ["search", "search_count", "search_read", "read", "name_search"]

    /// What Odoo is made of is for administrators alone. `check_object_reference` is everybody's, unlike the rows.
    private func checkMayRead(_ call: OdooCall) throws(OdooError) {
        guard user == Self.bridgeUID else { return }
        let isAllowed =
            switch call.model {
            case "ir.model.data": options.mayUseExternalIDs || call.method == "check_object_reference"
            case "ir.model", "ir.model.fields": options.mayCreateFields || !Self.reading.contains(call.method)
            default: true
            }
        guard isAllowed else { throw .notAllowed(to: "access", call.model, OdooModel.label(of: call.model)) }
    }

    private func search(_ call: OdooCall, in table: OdooTable) throws(OdooError) -> Search {
        var search = try search(call["domain"], order: call["order"]?.text, context: call.context, in: table)
        search.offset = Int(clamping: min(max(0, call["offset"]?.wholeNumber ?? 0), 1 << 40))
        search.limit = call["limit"]?.wholeNumber.map { Int(clamping: min(max(0, $0), 1 << 40)) }
        if search.limit == 0 { search.limit = nil }
        return search
    }

    /// The numbers of the fields asked for; none asked for: all of them.
    func fields(_ json: JSON?, in table: OdooTable) throws(OdooError) -> [Int] {
        let names = (json?.items ?? []).compactMap(\.text)
        guard !names.isEmpty else {
            return table.book.fields.indices.filter { !table.book.fields[$0].isHidden }
        }
        var numbers: [Int] = []
        for name in names {
            guard let number = table.book.number(of: name), !table.book.fields[number].isHidden else {
                throw .invalidField(name, table.model)
            }
            numbers.append(number)
        }
        return numbers
    }

    private func records(_ ids: [Int64], in table: OdooTable) throws(OdooError) -> [OdooRecord] {
        let missing = ids.filter { table[$0] == nil }
        guard missing.isEmpty else { throw .missing(table.model, missing, user: user) }
        return ids.compactMap { table[$0] }
    }

    /// `read` leaves out records that do not exist.
    private func read(_ call: OdooCall, in table: OdooTable) throws(OdooError) -> JSON {
        let fields = try fields(call["fields"], in: table)
        let isBare = call["load"].map { $0.text != "_classic_read" } ?? false
        return .array(
            (call.ids ?? []).compactMap { table[$0] }.map { json($0, fields, in: table, bareRelations: isBare) })
    }

    private mutating func create(_ call: OdooCall) throws(OdooError) -> JSON {
        let given = if let one = call.named["vals"] { one } else { try call.argument("vals_list") }
        guard let list = given.items else {
            let id = try makeOne(call.model, given)
            return call.isJSON2 ? [JSON(id)] : JSON(id)
        }
        var ids: [JSON] = []
        for values in list { ids.append(JSON(try makeOne(call.model, values))) }
        return .array(ids)
    }

    private mutating func makeOne(_ model: String, _ values: JSON) throws(OdooError) -> Int64 {
        let id = try create(model, values)
        if model == "ir.model.fields" { try addField(values) }
        return id
    }

    private func pair(_ record: OdooRecord, in table: OdooTable) -> JSON {
        [JSON(record.id), JSON(displayName(of: record, in: table))]
    }

    private func nameSearch(_ call: OdooCall, in table: OdooTable) throws(OdooError) -> JSON {
        let wanted = (call["name"]?.text ?? "").lowercased()
        var search = try search(call["domain"], order: nil, context: call.context, in: table)
        search.limit = nil
        let hits = found(search, in: table).filter {
            wanted.isEmpty || displayName(of: $0, in: table).lowercased().contains(wanted)
        }
        return .array(hits.prefix(Int(clamping: call["limit"]?.wholeNumber ?? 100)).map { pair($0, in: table) })
    }

    private func fieldsGet(_ call: OdooCall, in table: OdooTable) -> JSON {
        let names = Set((call["allfields"]?.items ?? []).compactMap(\.text))
        let attributes = (call["attributes"]?.items ?? []).compactMap(\.text)
        var object = JSONObject()
        for field in table.book.fields where !field.isHidden && (names.isEmpty || names.contains(field.name)) {
            object.append(field.name, field.json(attributes))
        }
        return .object(object)
    }

    private func access(_ call: OdooCall) throws(OdooError) -> JSON {
        let operation = call["operation"]?.text ?? "read"
        let isAllowed =
            switch call.model {
            case "ir.model.fields": operation == "read" || options.mayCreateFields
            // Whoever may not change notes may still write new ones.
            case "mail.message": ["read", "create"].contains(operation) || options.mayWriteMessages
            default: true
            }
        if !isAllowed, call.method == "check_access_rights", call["raise_exception"]?.flag != false {
            throw .notAllowed(to: "modify", call.model, OdooModel.label(of: call.model))
        }
        return JSON(isAllowed)
    }
}
