/// Methods that only one model has.
extension OdooState {
    /// `["res.partner", 41]`, with everybody's rights; `["res.partner", false]` for what is archived, unless the context
    /// asks for that, too.
    func reference(_ call: OdooCall) throws(OdooError) -> JSON {
        let id = "\(try call.argument("module").text ?? "").\(try call.argument("xml_id").text ?? "")"
        guard let found = record(externalID: id) else {
            throw .value("External ID not found in the system: \(id.prefix(120))")
        }
        let active = tables[found.model].flatMap { table in
            table.book.number(of: "active").flatMap { table[found.id]?[$0]?.flag }
        }
        guard active != false || call.context["active_test"]?.flag == false else { return [JSON(found.model), false] }
        return [JSON(found.model), JSON(found.id)]
    }

    /// A custom field: `{"model_id", "name": "x_…", "field_description", "ttype", "selection_ids"}`.
    mutating func addField(_ values: JSON) throws(OdooError) {
        let name = values["name"]?.text ?? ""
        guard let models = tables["ir.model"], let row = values["model_id"]?.wholeNumber.flatMap({ models[$0] }),
            let model = text("model", of: row, in: models), let table = tables[model]
        else { throw .missing("ir.model", [values["model_id"]?.wholeNumber ?? 0], user: user) }
        guard name.hasPrefix("x_") else { throw .validation("Custom fields must have a name that starts with 'x_'!") }
        guard table.book.number(of: name) == nil else { throw .validation("Field names must be unique per model.") }
        guard let kind = OdooField.Kind(rawValue: values["ttype"]?.text ?? "") else {
            throw .value("Wrong value for ir.model.fields.ttype")
        }
        let options = (values["selection_ids"]?.items ?? []).compactMap { command -> [String]? in
            guard let option = command.items?.last, let key = option["value"]?.text else { return nil }
            return [key, option["name"]?.text ?? key]
        }
        table.add(
            OdooField(manual: name, kind: kind, label: values["field_description"]?.text ?? name, options: options))
    }

    /// `phone.blacklist`: `add` blocks a number, `remove` lifts that. Both give the row.
    mutating func block(_ call: OdooCall, isBlocked: Bool) throws(OdooError) -> JSON {
        guard let number = OdooPhone.sanitized(try call.argument("number").text) else {
            throw .user("Invalid number \((call["number"]?.text ?? "").prefix(40))")
        }
        guard let table = tables["phone.blacklist"], let field = table.book.number(of: "number") else { return false }
        let id: Int64
        if let known = table.ids(with: number, in: field).first {
            try write("phone.blacklist", [known], ["active": JSON(isBlocked)])
            id = known
        } else {
            id = try create("phone.blacklist", ["number": JSON(number), "active": JSON(isBlocked)])
        }
        return call.isJSON2 || options.version >= 19 ? [JSON(id)] : JSON(id)
    }

    /// Ordinary users merge three at most.
    mutating func runMerge(_ call: OdooCall, in table: OdooTable) throws(OdooError) -> JSON {
        guard let id = call.ids?.first, let wizard = table[id],
            let partners = table.book.number(of: "partner_ids").flatMap({ wizard[$0]?.ids }),
            let target = table.book.number(of: "dst_partner_id").flatMap({ wizard[$0]?.integer })
        else { throw .user("There is nothing to merge.") }
        guard partners.count <= 3 else {
            throw .user("For safety reasons, you cannot merge more than 3 contacts together.")
        }
        try merge(partners, into: target)
        return ["type": "ir.actions.act_window_close"]
    }

    // MARK: - message_post

    /// Columns of `mail.message` that it takes beside its own arguments.
    private static let columns: Set<String> = [
        "date", "message_id", "is_internal", "reply_to", "email_layout_xmlid", "mail_server_id", "record_name",
        "email_add_signature", "reply_to_force_new", "mail_activity_type_id", "author_guest_id",
    ]

    mutating func messagePost(_ call: OdooCall) throws(OdooError) -> JSON {
        let ids = call.ids ?? []
        guard ids.count == 1, let partner = ids.first else {
            throw .value("Expected singleton: res.partner(\(ids.map { "\($0)" }.joined(separator: ", ")))")
        }
        guard tables["res.partner"]?[partner] != nil else { throw .missing("res.partner", [partner], user: user) }
        try checkMessage(call)
        try checkSender(call)
        let isHTML = options.version <= 16 || call["body_is_html"]?.flag == true
        let body = call["body"]?.text ?? ""
        let subtype = try subtype(call)
        var values: JSON = ["model": "res.partner", "res_id": JSON(partner), "subtype_id": JSON(subtype)]
        values["body"] = JSON(isHTML ? body : OdooHTML.escaped(body))
        values["message_type"] = "notification"
        values["author_id"] = JSON(ownPartner)
        values["date"] = JSON(OdooTime.text(now))
        values["message_id"] = JSON("<\(now).\(partner)-openerp-res.partner@sandbox>")
        for name in ["message_type", "author_id", "date", "message_id", "attachment_ids", "subject", "parent_id"] {
            if let given = call[name], given != false { values[name] = given }
        }
        let id = try create("mail.message", values)
        return options.version >= 19 ? [JSON(id)] : JSON(id)
    }

    /// Version 16 ignores names that it does not know.
    private func checkMessage(_ call: OdooCall) throws(OdooError) {
        let own: Set<String> = [
            "body", "subject", "message_type", "email_from", "author_id", "parent_id", "subtype_xmlid", "subtype_id",
            "partner_ids", "attachments", "attachment_ids",
        ]
        let unknown = call.named.keys.filter {
            !own.contains($0) && !Self.columns.contains($0) && $0 != "body_is_html"
        }
        if ["model", "res_id", "subtype"].contains(where: { unknown.contains($0) })
            || options.version >= 17 && !unknown.isEmpty
        {
            throw .value("Those values are not supported when posting or notifying: \(unknown.joined(separator: ", "))")
        }
        if call["message_type"] == "user_notification" {
            throw .value("Use message_notify to send a notification to an user.")
        }
    }

    /// Up to version 18 an author without an e-mail address is refused, unless the call names a sender.
    private func checkSender(_ call: OdooCall) throws(OdooError) {
        guard options.version <= 18, call["email_from"]?.text?.isEmpty != false else { return }
        let author = call["author_id"]?.wholeNumber ?? ownPartner
        let model = author == ownPartner ? "res.users" : "res.partner"
        guard let table = tables[model], let record = table[author == ownPartner ? user : author],
            text("email", of: record, in: table)?.isEmpty == false
        else { throw .user("Unable to send message, please configure the sender's email address.") }
    }

    private func subtype(_ call: OdooCall) throws(OdooError) -> Int64 {
        if let id = call["subtype_id"]?.wholeNumber, id > 0 { return id }
        guard let name = call["subtype_xmlid"]?.text else { return Self.noteSubtype }
        guard let found = record(externalID: name), found.model == "mail.message.subtype" else {
            throw .value("External ID not found in the system: \(name.prefix(80))")
        }
        return found.id
    }

    private var ownPartner: Int64 {
        guard let users = tables["res.users"], let field = users.book.number(of: "partner_id") else { return 1 }
        return users[user]?[field]?.integer ?? 1
    }
}
