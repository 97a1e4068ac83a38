import Domain
import Foundation

/// Automation rules that tell of partners by webhook: after the commit, once, unsigned.
/// Source: Odoo's `base_automation` and `ir.actions.server` (`webhook`), 17 to 19.
extension Odoo {
    private static let told = ["name", "phone", "write_date", "write_uid"]

    /// Of the transaction that is about to end; one for each partner.
    func automationUpdates(of state: OdooState) -> [WebhookUpdate] {
        guard !state.events.isEmpty, state.options.version >= 17, !office.couriers(of: .odoo).isEmpty,
            let table = state.tables["res.partner"]
        else { return [] }
        let fields = Self.told.compactMap { table.book.number(of: $0) }
        var seen: Set<Int64> = []
        return state.events.reversed().compactMap { event in
            switch event {
            case .written(let id):
                guard seen.insert(id).inserted, let record = table[id] else { return nil }
                let body = state.json(record, fields, in: table, bareRelations: true)
                return Self.update("Notify WhatsApp bridge(#12)", id: id, body)
            case .deleted(let id):
                guard seen.insert(id).inserted else { return nil }
                return Self.update("Tell WhatsApp bridge of deletion(#13)", id: id, ["id": JSON(id)])
            }
        }
    }

    private static func update(_ action: String, id: Int64, _ fields: JSON) -> WebhookUpdate {
        var body: JSON = ["_model": "res.partner", "_id": JSON(id), "_action": JSON(action)]
        for member in fields.members?.members ?? [] { body[member.key] = member.value }
        return WebhookUpdate(kind: .whole(id: UUID().uuidString.lowercased()), bytes: JSONWriter.bytes(body))
    }
}
