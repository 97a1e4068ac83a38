package import Domain

extension OdooConnector {
    package var ownFields: Set<String> { Set(OdooField.allCases.map(\.rawValue)) }

    /// Makes the fields that are not there. Without Settings rights none are made, and nothing is wrong: the check says
    /// what an administrator can do.
    package func prepare() async throws(CallFailure) -> [String] {
        api.memory.learn { $0.partnerBook = nil }
        let existing = try await partnerFields()
        let missing = OdooField.allCases.filter { !existing.contains($0.rawValue) }
        guard !missing.isEmpty else { return [] }
        guard let model = try await partnerModel() else { return [] }
        var created: [String] = []
        for field in missing {
            guard try await make(field, model: model) else { break }
            created.append(field.rawValue)
        }
        api.memory.learn { $0.partnerBook = nil }
        return created
    }

    /// The id of `res.partner` in `ir.model`; nil for all but administrators, who alone see what Odoo is made of.
    private func partnerModel() async throws(CallFailure) -> Int64? {
        do throws(CallFailure) {
            let models: [[String: OdooValue]] = try await api.call(
                .searchRead("ir.model", [["model", "=", "res.partner"]], fields: ["model"], limit: 1))
            return models.first?["id"]?.integer
        } catch {
            guard OdooFailure.isLackOfRights(error) else { throw error }
            return nil
        }
    }

    /// - Returns: false when the user may not.
    private func make(_ field: OdooField, model: Int64) async throws(CallFailure) -> Bool {
        do throws(CallFailure) {
            let _: OdooValue = try await api.call(
                .create("ir.model.fields", [field.definition(model: model)], effect: .batch))
            return true
        } catch {
            if OdooFailure.isLackOfRights(error) { return false }
            // Somebody made it meanwhile, or our own lost answer did.
            guard error.kind == .permanent, error.scope == .message else { throw error }
            api.memory.learn { $0.partnerBook = nil }
            guard try await partnerFields().contains(field.rawValue) else { throw error }
            return true
        }
    }
}
