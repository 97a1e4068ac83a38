import Domain
import Foundation
import Synchronization

/// `/crm/v8/settings/…`, `/crm/v8/org` and `/crm/v8/users`.
extension Zoho {
    var organisation: Answer {
        .json([
            "org": [
                [
                    "id": "554023000000005001", "zgid": JSON(Self.organisationID), "company_name": "Ejemplo S.A.",
                    "domain_name": JSON("org\(Self.organisationID)"), "primary_email": "bridge@ejemplo.example",
                    "country": "España", "country_code": "ES", "time_zone": "Europe/Madrid", "iso_code": "EUR",
                    "currency": "Euro - EUR", "type": "Production", "max_per_page": 200, "mc_status": false,
                    "license_details": ["paid": true, "paid_type": "professional", "users_license_purchased": 4],
                ]
            ]
        ])
    }

    static let organisationID = "20071234567"

    func users(_ call: Call) throws(ZohoError) -> Answer {
        guard call.method == .get else { throw .wrongMethod }
        if call.segments.count == 2 {
            guard let user = ZohoUser.allCases.first(where: { String($0.id) == call.segments[1] }) else {
                return .noContent
            }
            return .json(["users": [user.json]])
        }
        let users = ZohoUser.allCases.filter { $0.isListed(as: call.query["type"] ?? "AllUsers") }
        let size = call.number("per_page", in: 1...200) ?? 200
        let page = call.number("page", in: 1...10_000) ?? 1
        let rows = users.dropFirst((page - 1) * size).prefix(size)
        let info: JSON = [
            "per_page": JSON(size), "count": JSON(rows.count), "page": JSON(page),
            "more_records": JSON(page * size < users.count),
        ]
        return Self.page(rows.map(\.json), info, key: "users")
    }

    func settings(_ call: Call) throws(ZohoError) -> Answer {
        switch (call.method, call.segments.first, call.segments.count) {
        case (.get, "modules", 1):
            return .json(["modules": .array(state.withLock { $0.modules }.map(Self.json))])
        case (.get, "modules", 2):
            let name = call.segments[1]
            let module = try withState { state throws(ZohoError) in try state.module(name) }
            return .json(["modules": [Self.json(module)]])
        case (.get, "related_lists", 1): return try relatedLists(call)
        case (_, "fields", let count): return try fields(call, id: count == 2 ? call.segments[1] : nil)
        case (.delete, "recycle_bin", 2): return purge([call.segments[1]])
        case (.delete, "recycle_bin", 1): return purge(Self.list(call.query["ids"]))
        default: throw .noSuchURL
        }
    }

    private static func json(_ module: ZohoModule) -> JSON {
        [
            "id": JSON(String(module.id)), "api_name": JSON(module.apiName), "module_name": JSON(module.apiName),
            "singular_label": JSON(module.apiName), "plural_label": JSON(module.apiName), "api_supported": true,
            "generated_type": module == .messages ? "custom" : "default", "creatable": true, "editable": true,
            "deletable": true, "viewable": true, "visible": true, "status": "visible",
        ]
    }

    /// What hangs on a module's records: only the notes are played.
    private func relatedLists(_ call: Call) throws(ZohoError) -> Answer {
        guard let name = call.query["module"] else { throw .missingParameter("module") }
        let module = try withState { state throws(ZohoError) in try state.module(name) }
        let notes: JSON = [
            "id": JSON(String(module.id + 100)), "api_name": "Notes", "name": "Notes", "display_label": "Notes",
            "module": ["id": JSON(String(ZohoModule.notes.id)), "api_name": "Notes"],
            "href": JSON("\(module.apiName)/{ENTITYID}/Notes"), "type": "default", "sequence_number": "1",
        ]
        return .json(["related_lists": [notes]])
    }

    // MARK: Fields

    private func fields(_ call: Call, id: String?) throws(ZohoError) -> Answer {
        guard let name = call.query["module"] else { throw .missingParameter("module") }
        let module = try withState { state throws(ZohoError) in try state.module(name) }
        switch (call.method, id) {
        case (.get, nil):
            return .json(["fields": .array(state.withLock { $0.book(module).all }.map(\.json))])
        case (.get, let id?):
            guard let field = state.withLock({ $0.book(module).all.first { String($0.id) == id } }) else {
                return .noContent
            }
            return .json(["fields": [field.json]])
        case (.post, nil): return try addFields(to: module, call)
        case (.delete, let id?):
            guard let number = Int64(id), state.withLock({ $0.books[module.rawValue].remove(id: number) }) else {
                throw ZohoError("INVALID_DATA", "the id given seems to be invalid", details: ["resource_path_index": 2])
            }
            return .json([
                "fields": [
                    ["code": "SUCCESS", "details": ["id": JSON(id)], "message": "field deleted", "status": "success"]
                ]
            ])
        default: throw .wrongMethod
        }
    }

    private func addFields(to module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        guard let rows = try Self.body(call)["fields"]?.items, !rows.isEmpty else {
            throw .missing("fields", path: "$.fields")
        }
        guard rows.count <= ZohoFieldBook.mostPerCall else {
            throw .tooLong("fields", path: "$.fields", maximum: ZohoFieldBook.mostPerCall)
        }
        var items: [JSON] = []
        var statuses: Set<Int> = []
        for (index, row) in rows.enumerated() {
            do throws(ZohoError) {
                let field = try ZohoField(row, path: "$.fields[\(index)]")
                let result = state.withLock { $0.addFields([field], to: module).first }
                let added = try result?.get()
                items.append([
                    "code": "SUCCESS", "details": ["id": JSON(String(added?.id ?? 0))], "message": "field created",
                    "status": "success",
                ])
                statuses.insert(201)
            } catch {
                items.append(error.json)
                statuses.insert(error.status)
            }
        }
        return .json(["fields": .array(items)], status: statuses.count == 1 ? statuses.first ?? 201 : 207)
    }

    // MARK: Recycle bin

    /// What is purged never comes back.
    private func purge(_ ids: [String]) -> Answer {
        let gone = state.withLock { state in
            ids.filter { text in
                guard let id = Int64(text), let module = ZohoModule(of: id) else { return false }
                return state.tables[module.rawValue].purge(id)
            }
        }
        let items = ids.map { id -> JSON in
            gone.contains(id)
                ? ["code": "SUCCESS", "details": ["id": JSON(id)], "message": "record deleted", "status": "success"]
                : ZohoError("INVALID_DATA", "the id given seems to be invalid", details: ["id": JSON(id)]).json
        }
        let status = gone.count == ids.count ? 200 : gone.isEmpty ? 400 : 207
        return .json(["recycle_bin": .array(items)], status: status)
    }
}
