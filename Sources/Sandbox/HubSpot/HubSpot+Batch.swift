import Domain
import NIOCore

/// `/crm/v3/objects/{type}/batch/…`: up to a hundred at once, each with an outcome of its own.
///
/// Results come in another order than the inputs, on purpose: clients must match them by id, by their key, or by
/// `objectWriteTraceId`. A create answers per item only when every input carries a trace id; else one bad input fails
/// all of them, as HubSpot documents.
extension HubSpot {
    private static let maximumInputs = 100

    func batch(_ type: ObjectType, _ action: String, _ call: Call) throws(HubSpotError) -> Answer {
        let body = try Self.body(call)
        let inputs = try Self.inputs(body)
        switch action {
        case "read": return try readBatch(type, inputs, body, call)
        case "create": return try createBatch(type, inputs, call)
        case "update", "upsert": return try writeBatch(type, inputs, isUpsert: action == "upsert", call)
        case "archive":
            archive(type, inputs.compactMap { $0["id"]?.identifier }, at: call.now.milliseconds, source: .integration)
            return .noContent
        default: throw .notFound
        }
    }

    static func inputs(_ body: JSON) throws(HubSpotError) -> [JSON] {
        guard let inputs = body["inputs"]?.items, !inputs.isEmpty else {
            throw .validation("Invalid input JSON: inputs may not be empty")
        }
        guard inputs.count <= maximumInputs else {
            throw .validation("The maximum number of inputs supported in a batch is \(maximumInputs)")
        }
        return inputs
    }

    /// One input's outcome.
    private enum Item: Sendable {
        case written(CRMRecord, before: CRMRecord?, traceID: String?, isNew: Bool)
        case failed(HubSpotError)

        var record: CRMRecord? { if case .written(let record, _, _, _) = self { record } else { nil } }
    }

    private func createBatch(_ type: ObjectType, _ inputs: [JSON], _ call: Call) throws(HubSpotError) -> Answer {
        let isPerItem = inputs.allSatisfy { $0["objectWriteTraceId"]?.text != nil }
        let failing = inputs.map { _ in faults.failsItem(of: .hubspot) }
        let (answer, created): (Answer, [CRMRecord]) = try withState { state throws(HubSpotError) in
            var drafts: [Result<(RecordDraft, [LinkDraft]), HubSpotError>] = []
            for (index, input) in inputs.enumerated() {
                drafts.append(Self.draft(input, type, in: state, isFailing: failing[index]))
            }
            if !isPerItem { for draft in drafts { _ = try draft.get() } }
            var items: [Item] = []
            for (draft, input) in zip(drafts, inputs) {
                items.append(Self.create(type, draft, input, in: &state, at: call.now.milliseconds))
                if !isPerItem, case .failed(let error)? = items.last { throw error }
            }
            return (Self.answer(items, type, in: state, showsNew: false, status: 201, call), items.compactMap(\.record))
        }
        announce(.created, type, created, source: .integration)
        return answer
    }

    private static func draft(
        _ input: JSON, _ type: ObjectType, in state: HubSpotState, isFailing: Bool
    ) -> Result<(RecordDraft, [LinkDraft]), HubSpotError> {
        if isFailing { return .failure(faulty) }
        do throws(HubSpotError) {
            return .success(
                (
                    try RecordDraft(input["properties"], state.book(type), type, isNew: true),
                    try LinkDraft.read(input["associations"], from: type, in: state)
                ))
        } catch {
            return .failure(error)
        }
    }

    private static func create(
        _ type: ObjectType, _ draft: Result<(RecordDraft, [LinkDraft]), HubSpotError>, _ input: JSON,
        in state: inout HubSpotState, at now: Int64
    ) -> Item {
        let traceID = input["objectWriteTraceId"]?.text
        do throws(HubSpotError) {
            let (draft, links) = try draft.get()
            let record = try state.create(type, draft, at: now)
            for link in links { state.link(type, record.id, link) }
            return .written(record, before: nil, traceID: traceID, isNew: true)
        } catch {
            return .failed(traceID.map { error.with("objectWriteTraceId", [$0]) } ?? error)
        }
    }

    private static let faulty = HubSpotError.validation("asked for by a fault of the sandbox")

    private func writeBatch(
        _ type: ObjectType, _ inputs: [JSON], isUpsert: Bool, _ call: Call
    ) throws(HubSpotError) -> Answer {
        try Self.checkDistinct(inputs)
        let failing = inputs.map { _ in faults.failsItem(of: .hubspot) }
        let (answer, items): (Answer, [Item]) = try withState { state throws(HubSpotError) in
            var items: [Item] = []
            for (index, input) in inputs.enumerated() {
                if isUpsert { _ = try state.unique(input["idProperty"]?.text ?? "", type) }
                items.append(
                    Self.write(
                        type, input, isUpsert: isUpsert, isFailing: failing[index], in: &state,
                        at: call.now.milliseconds))
            }
            return (Self.answer(items, type, in: state, showsNew: isUpsert, status: 200, call), items)
        }
        for item in items {
            guard case .written(let record, let before, _, _) = item else { continue }
            announce(before.map { .changed($0) } ?? .created, type, [record], source: .integration)
        }
        return answer
    }

    private static func write(
        _ type: ObjectType, _ input: JSON, isUpsert: Bool, isFailing: Bool, in state: inout HubSpotState, at now: Int64
    ) -> Item {
        let traceID = input["objectWriteTraceId"]?.text
        let id = input["id"]?.identifier ?? ""
        do throws(HubSpotError) {
            if isFailing { throw faulty }
            let idProperty = input["idProperty"]?.text
            if let before = try state.find(type, id, by: idProperty) {
                let draft = try RecordDraft(input["properties"], state.book(type), type, isNew: false)
                let record = try state.update(type, before.id, draft, at: now)
                return .written(record, before: before, traceID: traceID, isNew: false)
            }
            guard isUpsert, let idProperty else { throw .missing(ids: [id], type: type.singular.uppercased()) }
            var properties = input["properties"] ?? [:]
            properties[idProperty] = JSON(id)
            let draft = try RecordDraft(properties, state.book(type), type, isNew: true)
            return .written(try state.create(type, draft, at: now), before: nil, traceID: traceID, isNew: true)
        } catch {
            return .failed(traceID.map { error.with("objectWriteTraceId", [$0]) } ?? error)
        }
    }

    private static func checkDistinct(_ inputs: [JSON]) throws(HubSpotError) {
        var seen: Set<String> = []
        for input in inputs {
            guard let id = input["id"]?.identifier, !id.isEmpty else {
                throw .validation("Some required fields were not set: [id]")
            }
            guard seen.insert("\(input["idProperty"]?.text ?? "")|\(id)").inserted else {
                throw .validation("Duplicate IDs found in batch input: [\(id.prefix(120))]. IDs must be unique")
            }
        }
    }

    private func readBatch(
        _ type: ObjectType, _ inputs: [JSON], _ body: JSON, _ call: Call
    ) throws(HubSpotError) -> Answer {
        let asked = (body["properties"]?.items ?? []).compactMap(\.text)
        let idProperty = body["idProperty"]?.text
        return try withState { state throws(HubSpotError) in
            var found: [CRMRecord] = []
            var missing: [String] = []
            for input in inputs {
                let id = input["id"]?.identifier ?? ""
                if let record = try state.find(type, id, by: idProperty) {
                    if !found.contains(where: { $0.id == record.id }) { found.append(record) }
                } else {
                    missing.append(id)
                }
            }
            let writer = RecordWriter(type: type, book: state.book(type), asked: asked)
            let error = missing.isEmpty ? nil : HubSpotError.missing(ids: missing, type: type.singular.uppercased())
            return Self.answer(
                status: 200, errors: error.map { [$0] } ?? [], call,
                results: found.reversed().map { record in { json in writer.write(record, to: &json) } })
        }
    }

    private static func answer(
        _ items: [Item], _ type: ObjectType, in state: HubSpotState, showsNew: Bool, status: Int, _ call: Call
    ) -> Answer {
        let writer = RecordWriter(type: type, book: state.book(type))
        var results: [(inout JSONWriter) -> Void] = []
        var errors: [HubSpotError] = []
        for item in items.reversed() {
            switch item {
            case .failed(let error): errors.append(error)
            case .written(let record, _, let traceID, let isNew):
                results.append { json in
                    writer.write(record, traceID: traceID, isNew: showsNew ? isNew : nil, to: &json)
                }
            }
        }
        return answer(status: status, errors: errors, call, results: results)
    }

    static func answer(
        status: Int, errors: [HubSpotError], _ call: Call, results: [(inout JSONWriter) -> Void]
    ) -> Answer {
        var json = JSONWriter(capacity: 640 * (results.count + 1))
        json.raw(#"{"status":"COMPLETE","results":["#)
        for (index, write) in results.enumerated() {
            if index > 0 { json.raw(",") }
            write(&json)
        }
        json.raw("]")
        if !errors.isEmpty {
            json.raw(Array(",\"numErrors\":\(errors.count),\"errors\":".utf8))
            json.write(.array(errors.map(\.batchItem)))
        }
        let time = ISOTime.text(call.now.milliseconds)
        json.raw(Array(",\"startedAt\":\"\(time)\",\"completedAt\":\"\(time)\"}".utf8))
        return answer(json, status: errors.isEmpty ? status : 207)
    }
}
