import Domain
import Foundation
import Synchronization

/// Insert, update, upsert and delete: up to a hundred records, each with an outcome of its own, in the order given.
extension Zoho {
    private static let mostRecords = 100

    enum WriteKind: Sendable, Equatable {
        case insert, update, upsert
        case updateOne(Int64)
    }

    /// What became of one record.
    struct Written: Sendable {
        enum Action: String, Sendable { case insert, update }
        let action: Action
        let record: ZohoRecord
        /// API names of what was written.
        let names: [String]
        var duplicateField: String?
    }

    func write(_ kind: WriteKind, _ module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        let body = try Self.body(call)
        let rows = try Self.rows(body)
        let keys = try withState { state throws(ZohoError) in try Self.keys(kind, body, module, in: state) }
        let until = try Self.time(call.header("If-Unmodified-Since"), "If-Unmodified-Since")
        let failing = rows.map { _ in faults.failsItem(of: .zoho) }
        let results = state.withLock { state in
            rows.enumerated().map { index, row -> Result<Written, ZohoError> in
                let write = ZohoWrite(
                    kind: kind, module: module, keys: keys, unmodifiedSince: until, now: call.now.milliseconds,
                    user: .bridge, path: "$.data[\(index)]")
                return failing[index] ? .failure(.asked) : write.carryOut(row, in: &state)
            }
        }
        if module == .contacts { count(results) }
        announce(results.compactMap { try? $0.get() }, module)  // the others wrote nothing
        return Self.answer(results, kind)
    }

    private func count(_ results: [Result<Written, ZohoError>]) {
        state.withLock { state in
            for case .success(let written) in results {
                switch written.action {
                case .insert: state.contactWrites.created += 1
                case .update: state.contactWrites.updated += 1
                }
            }
        }
    }

    private static func rows(_ body: JSON) throws(ZohoError) -> [JSON] {
        guard let rows = body["data"]?.items else {
            throw body["data"] == nil
                ? .missing("data", path: "$.data") : .invalidBody("data", expected: "jsonarray")
        }
        guard !rows.isEmpty else { throw .invalidBody("data", expected: "jsonarray") }
        guard rows.count <= mostRecords else { throw .tooLong("data", path: "$.data", maximum: mostRecords) }
        return rows
    }

    /// The fields by which an upsert looks for records, in that order.
    private static func keys(
        _ kind: WriteKind, _ body: JSON, _ module: ZohoModule, in state: ZohoState
    ) throws(ZohoError) -> [Int] {
        guard kind == .upsert else { return [] }
        let book = state.book(module)
        let own = module.duplicateCheckFields
        let names =
            body["duplicate_check_fields"]?.items?.compactMap(\.text)
            ?? own + book.all.filter(\.isUnique).map(\.name)
        var keys: [Int] = []
        for (index, name) in names.enumerated() {
            guard let number = book.number(of: name), book.fields[number]?.isUnique == true || own.contains(name) else {
                throw .invalid("duplicate_check_fields", path: "$.duplicate_check_fields[\(index)]")
            }
            keys.append(number)
        }
        return keys
    }

    private static func answer(_ results: [Result<Written, ZohoError>], _ kind: WriteKind) -> Answer {
        var items: [JSON] = []
        var statuses: Set<Int> = []
        for result in results {
            switch result {
            case .success(let written):
                items.append(json(written, kind))
                statuses.insert(kind == .insert ? 201 : 200)
            case .failure(let error):
                items.append(error.json)
                statuses.insert(error.status)
            }
        }
        let status = statuses.count == 1 ? statuses.first ?? 200 : 207
        return .json(["data": .array(items)], status: status)
    }

    private static func json(_ written: Written, _ kind: WriteKind) -> JSON {
        [
            "code": "SUCCESS",
            "duplicate_field": kind == .upsert ? written.duplicateField.map { JSON($0) } ?? .null : nil,
            "action": kind == .upsert ? JSON(written.action.rawValue) : nil, "details": written.record.writeDetails,
            "message": written.action == .insert ? "record added" : "record updated", "status": "success",
        ]
    }

    func delete(_ module: ZohoModule, _ ids: [String], _ call: Call) throws(ZohoError) -> Answer {
        guard !ids.isEmpty else { throw .missingParameter("ids") }
        guard ids.count <= Self.mostRecords else { throw .invalidParameter("ids") }
        let gone = ids.compactMap { Int64($0) }.filter { id in
            state.withLock { $0.delete(module, id, at: call.now.milliseconds, by: .bridge) }
        }
        announce(deleted: gone, module)
        let items = ids.map { id -> JSON in
            guard let number = Int64(id), gone.contains(number) else {
                return ZohoError(
                    "INVALID_DATA", "the id given seems to be invalid", details: ["id": JSON(id)]
                ).json
            }
            return [
                "code": "SUCCESS", "details": ["id": JSON(id)], "message": "record deleted", "status": "success",
            ]
        }
        let status = gone.count == ids.count ? 200 : gone.isEmpty ? 400 : 207
        return .json(["data": .array(items)], status: status)
    }
}
