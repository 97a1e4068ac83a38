import Domain
import Synchronization

/// `/sandbox/crm/zoho/…`: what Zoho holds, and what people there do.
extension Controls {
    /// - Parameter call: its path begins behind `zoho`.
    func zoho(_ call: Call) throws(ControlError) -> Answer {
        let second = call.segments.dropFirst().first
        switch (call.method, call.segments.first, second) {
        case (.get, "contacts", nil): return zohoRecords([.contacts], call)
        case (.get, "activities", nil): return zohoRecords([.notes, .messages], call)
        case (_, "contacts", _): return try zohoPerson(second, call)
        case (.post, "merge", nil): return try zohoMerge(call)
        case (.post, "crowd", nil): return try crowd(call, zohoCrowd)
        case (.post, "modules", nil): return zohoModule()
        case (.put, "credits", nil): return try zohoCredits(call)
        default: throw ControlError("Zoho has contacts, activities, merge, crowd, modules and credits.", status: 404)
        }
    }

    /// Live records, oldest first, each with the moment when it came (Zoho itself shows seconds), activities with the ids of
    /// the contacts they belong to. The cursor is a record's id.
    private func zohoRecords(_ modules: [ZohoModule], _ call: Call) -> Answer {
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let limit = call.number("limit", in: 1...10_000) ?? 1000
        let (rows, next): ([JSON], Int64?) = world.zoho.state.withLock { state in
            var rows: [JSON] = []
            for module in modules {
                let writer = ZohoWriter(module, in: state)
                let lookups = state.book(module).all.filter { $0.kind == .lookup }.map(\.name)
                for record in state.table(module).live where record.id >= after {
                    if rows.count == limit { return (rows, record.id) }
                    var row = writer.json(record)
                    row["received_at"] = JSON(record.searchableAt - state.searchLag)
                    if module != .contacts { row["contact_ids"] = .array(lookups.compactMap { row[$0]?["id"] }) }
                    rows.append(row)
                }
            }
            return (rows, nil)
        }
        return .json(["data": .array(rows), "next": next.map { JSON($0) } ?? .null])
    }

    /// A person in Zoho makes, changes or deletes a contact: `{"fields": {"Last_Name": …}}`.
    private func zohoPerson(_ text: String?, _ call: Call) throws(ControlError) -> Answer {
        let (zoho, now) = (world.zoho, world.clock.now.milliseconds)
        let id = text.flatMap { Int64($0) }
        if call.method == .delete, let id {
            guard zoho.state.withLock({ $0.delete(.contacts, id, at: now, by: .agent) }) else {
                throw ControlError("There is no such contact.", status: 404)
            }
            zoho.announce(deleted: [id], .contacts)
            return .noContent
        }
        let fields = try Self.body(call)["fields"] ?? [:]
        let kind: Zoho.WriteKind
        switch (call.method, id) {
        case (.post, nil): kind = .insert
        case (.patch, let id?): kind = .updateOne(id)
        default: throw ControlError("POST, PATCH or DELETE of a contact.", status: 405)
        }
        let write = ZohoWrite(kind: kind, module: .contacts, now: now, user: .agent, path: "$.fields")
        switch zoho.state.withLock({ write.carryOut(fields, in: &$0) }) {
        case .failure(let error): return error.answer
        case .success(let written):
            zoho.announce([written], .contacts)
            let json = zoho.state.withLock { ZohoWriter(.contacts, in: $0).json(written.record) }
            return .json(json, status: kind == .insert ? 201 : 200)
        }
    }

    /// `{"primary": ID, "other": ID}`: what the first lacks it takes from the second.
    private func zohoMerge(_ call: Call) throws(ControlError) -> Answer {
        let body = try Self.body(call)
        guard let primary = body["primary"]?.wholeNumber, let other = body["other"]?.wholeNumber else {
            throw ControlError("'primary' and 'other' are ids of contacts.")
        }
        do throws(ZohoError) {
            let survivor = try world.zoho.merge(
                .contacts, into: primary, [(other, nil)], at: world.clock.now.milliseconds, by: .agent)
            return .json(world.zoho.state.withLock { ZohoWriter(.contacts, in: $0).json(survivor) })
        } catch {
            return error.answer
        }
    }

    /// An administrator makes the custom module `WhatsApp_Messages`.
    private func zohoModule() -> Answer {
        world.zoho.state.withLock { $0.hasMessages = true }
        return .json(["api_name": JSON(ZohoModule.messages.apiName)], status: 201)
    }

    /// `{"daily": 100}`: how many credits the organisation has in 24 hours.
    private func zohoCredits(_ call: Call) throws(ControlError) -> Answer {
        guard let daily = try Self.body(call)["daily"]?.wholeNumber, (0...5_000_000).contains(daily) else {
            throw ControlError("'daily' is a number of credits.")
        }
        let used = world.zoho.state.withLock { state in
            state.limits.dailyCredits = Int(daily)
            return state.limits.used
        }
        return .json(["daily": JSON(daily), "used": JSON(used)])
    }

    var zohoSummary: JSON {
        let counts: JSON = world.zoho.state.withLock { state in
            var counts = JSONObject()
            for module in state.modules {
                counts.append(module.apiName, JSON(state.table(module).live.reduce(0) { count, _ in count + 1 }))
            }
            counts.append("tokens", JSON(state.tokens.issued))
            counts.append("credits_used", JSON(state.limits.used))
            counts.append("contact_writes", state.contactWrites.json)
            return .object(counts)
        }
        var summary = counts
        summary["answers"] = world.answerCounts(of: .zoho)
        return summary
    }
}
