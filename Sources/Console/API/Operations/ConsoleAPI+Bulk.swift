import Domain
import Store

extension ConsoleAPI {
    var bulkOperations: [APIOperation] {
        let bulk = "/api/v1/bulk-actions/{bulk_action}"
        return [
            .post("startBulkAction", "/api/v1/bulk-actions", createdAt: "/api/v1/bulk-actions", startBulk),
            .get("getBulkAction", bulk) { request in try await answer(try request.id("bulk_action"), 200, request) },
            .post("stopBulkAction", "\(bulk)/stops", body: .none) { request in
                let id = try await self.bulk(request).change.id
                try await store.stopBulk(id, in: request.workspace)
                return try await answer(id, 200, request)
            },
            .post("undoBulkAction", "\(bulk)/undos", body: .none) { request in
                let id = try await self.bulk(request).change.id
                _ = try await store.beginUndo(id, in: request.workspace, by: request.key.name)
                return try await answer(id, 202, request)
            },
        ]
    }

    private func bulk(_ request: APIRequest) async throws -> BulkChange {
        guard let bulk = try await store.bulk(try request.id("bulk_action"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return bulk
    }

    private func answer(_ id: ChangeID, _ status: Int, _ request: APIRequest) async throws -> APIAnswer {
        guard let bulk = try await store.bulk(id, in: request.workspace) else { throw APIProblem.noSuchThing }
        let view = views(request).bulk(bulk, now: store.now(), in: request.language)
        return APIAnswer(status: status, body: view.json)
    }

    /// Few are done with the answer; what becomes of many is asked for again.
    func begin(
        _ action: BulkAction, on selection: ContactSelection, expecting expected: Set<EditVersion>? = nil,
        _ request: APIRequest
    ) async throws -> APIAnswer {
        let id = try await store.startBulk(
            action, on: selection, expecting: expected, in: request.workspace, by: request.key.name)
        try await store.advanceBulk(id, in: request.workspace)
        return try await answer(id, 202, request)
    }

    private func startBulk(_ request: APIRequest) async throws -> APIAnswer {
        let fields = try await store.fields(in: request.workspace)
        let (action, selection) = try BodyObject.read(request.body) { body -> (BulkAction, BulkTarget)? in
            body.allow("action", "label", "field", "value", "state", "reason", "contacts", "segment")
            let target = BulkTarget(body)
            guard let action = BulkReader(fields: fields).action(body), let target else { return nil }
            return (action, target)
        }
        switch selection {
        case .contacts(let contacts): return try await begin(action, on: .chosen(contacts: contacts), request)
        case .segment(let id):
            guard let segment = try await store.segment(id, in: request.workspace) else {
                throw APIProblem.wrongBody.with([
                    APIProblem.Fault(place: .pointer("/segment"), message: PuenteError.noSegment.message)
                ])
            }
            return try await begin(
                action, on: .matching(segment.conditions), request)
        }
    }
}

/// For whom a bulk action of a program is: `contacts` or `segment`.
enum BulkTarget {
    case contacts([ContactID])
    case segment(SegmentID)

    init?(_ body: BodyObject) {
        guard body.has("contacts") != body.has("segment") else {
            body.problems.add(
                body.pointer, en: "name exactly one of: contacts, segment",
                es: "indique exactamente uno de: contacts, segment")
            return nil
        }
        if body.has("contacts") {
            self = .contacts(body.ids("contacts", 1...ContactSelection.maxChosen))
        } else if let segment: SegmentID = body.id("segment") {
            self = .segment(segment)
        } else {
            return nil
        }
    }
}

/// Reads what a bulk action does.
struct BulkReader {
    let fields: [FieldSummary]

    private enum Action: String, CaseIterable {
        case addLabel = "add_label"
        case removeLabel = "remove_label"
        case setField = "set_field"
        case clearField = "clear_field"
        case setState = "set_state"
        case clearState = "clear_state"
        case withdrawMarketing = "withdraw_marketing"
    }

    func action(_ body: BodyObject) -> BulkAction? {
        guard let action: Action = body.choice("action") else { return nil }
        switch action {
        case .addLabel: return body.id("label").map { .addLabel(label: $0) }
        case .removeLabel: return body.id("label").map { .removeLabel(label: $0) }
        case .setField: return setField(body)
        case .clearField: return field(body).map { .clearField(field: $0.id) }
        case .setState:
            let reason = body.optionalText("reason", 0...ContactState.maxReason) ?? ""
            return state(body).map { .setState(state: $0, reason: reason) }
        case .clearState: return state(body).map { .clearState(state: $0) }
        case .withdrawMarketing:
            return .withdrawMarketing(reason: body.optionalText("reason", 0...ContactState.maxReason) ?? "")
        }
    }

    private func state(_ body: BodyObject) -> ContactState? { body.choice("state") }

    private func field(_ body: BodyObject) -> FieldSummary? {
        guard let id: FieldID = body.id("field") else { return nil }
        guard let field = fields.first(where: { $0.id == id }) else {
            body.note("field", PuenteError.noField.message)
            return nil
        }
        return field
    }

    private func setField(_ body: BodyObject) -> BulkAction? {
        let written = body.scalar("value", maxLength: FieldValue.maxLength)
        guard let field = field(body), let written else { return nil }
        do throws(PuenteError) {
            guard let value = try field.read(written, habits: .machine) else {
                body.note("value", en: "must say something", es: "debe decir algo")
                return nil
            }
            return .setField(field: field.id, value: value)
        } catch {
            body.note("value", error.message)
            return nil
        }
    }
}
