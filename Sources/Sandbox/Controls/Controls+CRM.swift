import Domain
import Foundation
import NIOCore
import Synchronization

/// `/sandbox/crm/{name}/…`: what the CRMs hold, and what people there do.
extension Controls {
    func crm(_ call: Call) throws(ControlError) -> Answer {
        let rest = Array(call.segments.dropFirst(2))
        switch (call.segments.first, call.segments.dropFirst().first) {
        case ("odoo", _): return try odoo(call.dropping(1))
        case ("own", "contacts") where call.method == .get: return own(.contacts, call)
        case ("own", "activities") where call.method == .get: return own(.activities, call)
        case ("own", "commands") where call.method == .post: return try ownCommand(call)
        case ("hubspot", "contacts") where call.method == .get && rest.isEmpty: return hubSpot(.contacts, call)
        case ("hubspot", "activities") where call.method == .get: return hubSpot(.communications, call)
        case ("hubspot", "contacts"): return try person(rest.first, call)
        case ("hubspot", "crowd") where call.method == .post: return try crowd(call, hubSpotCrowd)
        case ("hubspot", "merge") where call.method == .post: return try merge(call)
        case ("hubspot", "commands") where call.method == .post: return try workflowAction(call)
        case ("hubspot", "codes"), ("hubspot", "tokens"), ("hubspot", "app"): return try hubSpotApp(call.dropping(1))
        case ("zoho", _): return try zoho(call.dropping(1))
        default: throw ControlError("There is no such control of a CRM; GET /sandbox lists them.", status: 404)
        }
    }

    private func own(_ kind: OwnState.Kind, _ call: Call) -> Answer {
        let (items, next) = world.ownSystem.page(kind, after: Self.after(call), limit: Self.limit(call))
        return .json(["data": .array(items), "next": next.map { JSON($0) } ?? .null])
    }

    private static func after(_ call: Call) -> Int { max(0, call.query["after"].flatMap { Int($0) } ?? 0) }
    private static func limit(_ call: Call) -> Int { call.number("limit", in: 1...10_000) ?? 1000 }

    /// All records that are not archived, oldest first; of an activity also when it came, and its contacts' ids.
    private func hubSpot(_ type: ObjectType, _ call: Call) -> Answer {
        let (limit, after) = (Self.limit(call), Self.after(call))
        return world.hubSpot.state.withLock { state in
            let table = state.table(type)
            let writer = RecordWriter(type: type, book: state.book(type))
            var json = JSONWriter(capacity: 512 * 64)
            json.raw(#"{"data":["#)
            var (count, next): (Int, Int?) = (0, nil)
            let numbers = table.records.numbers
            for number in max(after, numbers.lowerBound)..<max(after, numbers.upperBound) {
                guard let record = table.records[number], record.archivedAt == nil else { continue }
                if count == limit {
                    next = number
                    break
                }
                if count > 0 { json.raw(",") }
                Self.write(record, type, writer, to: &json)
                count += 1
            }
            json.raw(#"],"next":"#)
            json.write(next.map { JSON($0) } ?? .null)
            json.raw("}")
            return HubSpot.answer(json)
        }
    }

    private static func write(
        _ record: CRMRecord, _ type: ObjectType, _ writer: RecordWriter, to json: inout JSONWriter
    ) {
        guard type != .contacts else { return writer.write(record, to: &json) }
        json.raw(Array(writer.json(record).dropLast()))
        json.raw(#","contact_ids":"#)
        json.write(JSON(record.links.filter { $0.to == .contacts }.map { String($0.id) }))
        json.raw(#","received_at":"#)
        json.write(record.createdAt)
        json.raw("}")
    }

    /// A person in HubSpot makes, changes or deletes a contact: `{"properties": {…}}`.
    private func person(_ id: String?, _ call: Call) throws(ControlError) -> Answer {
        let body = try Self.body(call)
        let now = world.clock.now.milliseconds
        do throws(HubSpotError) {
            switch (call.method, id) {
            case (.post, nil):
                let (record, json) = try world.hubSpot.create(.contacts, body, at: now)
                world.hubSpot.announce(.created, .contacts, [record], source: .person)
                return Answer(status: 201, contentType: "application/json", body: .init(bytes: json))
            case (.patch, let id?):
                let change = try world.hubSpot.change(
                    .contacts, id, by: body["idProperty"]?.text, body["properties"], at: now)
                world.hubSpot.announce(.changed(change.before), .contacts, [change.after], source: .person)
                return Answer(status: 200, contentType: "application/json", body: .init(bytes: change.json))
            case (.delete, let id?):
                guard world.hubSpot.archive(.contacts, [id], at: now, source: .person) == 1 else { throw .notFound }
                return .noContent
            default: throw .notFound
            }
        } catch {
            return error.answer
        }
    }

    /// `{"primary": ID, "other": ID}`
    private func merge(_ call: Call) throws(ControlError) -> Answer {
        let body = try Self.body(call)
        guard let primary = body["primary"]?.wholeNumber, let other = body["other"]?.wholeNumber else {
            throw ControlError("'primary' and 'other' are ids of contacts.")
        }
        do throws(HubSpotError) {
            let json = try world.hubSpot.merge(
                .contacts, primary: primary, other: other, at: world.clock.now.milliseconds, source: .person)
            return Answer(status: 200, contentType: "application/json", body: .init(bytes: json))
        } catch {
            return error.answer
        }
    }

    /// A workflow's own action calls us: `{"contact_id": ID, "fields": {"message": "Hola"}}`.
    private func workflowAction(_ call: Call) throws(ControlError) -> Answer {
        let body = try Self.body(call)
        guard let contact = body["contact_id"]?.wholeNumber, body["fields"]?.members != nil else {
            throw ControlError("'contact_id' and 'fields' are needed.")
        }
        let id =
            body["callback_id"]?.text ?? "ap-\(world.configuration.portalID)-\(UInt32.random(in: 1...UInt32.max))-1-0"
        let fields = body["fields"] ?? [:]
        let action: JSON = [
            "callbackId": JSON(id),
            "origin": [
                "portalId": JSON(world.configuration.portalID), "actionDefinitionId": 1001,
                "actionDefinitionVersion": 1,
            ],
            "context": ["source": "WORKFLOWS", "workflowId": 8001],
            "object": ["objectId": JSON(contact), "properties": [:], "objectType": "CONTACT"],
            "fields": fields, "inputFields": fields,
        ]
        return try send(action, id: id, from: .hubspot)
    }

    /// Any event of the own system, `{"type": "message.send", "data": {…}}` for one; `id` when none is given.
    private func ownCommand(_ call: Call) throws(ControlError) -> Answer {
        var event = try Self.body(call)
        guard event["type"]?.text != nil else { throw ControlError("An event needs a type.") }
        let id = event["id"]?.text ?? "own_\(UUID().uuidString.lowercased())"
        if event["id"] == nil { event["id"] = JSON(id) }
        if event["timestamp"] == nil { event["timestamp"] = JSON(ISOTime.text(world.clock.now.milliseconds)) }
        return try send(event, id: id, from: .own)
    }

    private func send(_ body: JSON, id: String, from sender: SandboxCallback.Sender) throws(ControlError) -> Answer {
        guard !world.office.couriers(of: sender).isEmpty else {
            throw ControlError(
                "No callback is set for \(sender.rawValue); PUT /sandbox/callbacks sets it.", status: 409)
        }
        let update = WebhookUpdate(kind: .whole(id: id), bytes: JSONWriter.bytes(body))
        guard world.office.send([update], from: sender) else {
            throw ControlError("The callback's queue is full.", status: 503)
        }
        return .json(["id": JSON(id)], status: 202)
    }
}
