package import Domain

extension ZohoConnector {
    /// Zoho makes five fields in one call at most.
    private static let fieldsPerCall = 5

    package var ownFields: Set<String> { Set(ZohoField.allCases.map(\.rawValue)) }

    package func prepare() async throws(CallFailure) -> [String] {
        let schema = try await readSchema()
        let missing = ZohoField.allCases.filter { schema.contacts[$0.rawValue] == nil }
        // The key by itself: where an edition has room for few fields, it is the one that is needed.
        var created = try await create(missing.filter { $0 == .puenteID }.map(\.making), in: "Contacts")
        created += try await makeOffers(missing.filter { $0 != .puenteID })
        if let messages = schema.messages { created += await prepareMessages(messages) }
        if !created.isEmpty { _ = try await readSchema() }
        return created
    }

    /// Zoho passes over fields that it does not have: what cannot be made is left out, and the check names it.
    private func makeOffers(_ fields: [ZohoField]) async throws(CallFailure) -> [String] {
        var created: [String] = []
        do throws(CallFailure) {
            for start in stride(from: 0, to: fields.count, by: Self.fieldsPerCall) {
                let part = fields[start..<min(start + Self.fieldsPerCall, fields.count)]
                created += try await create(part.map(\.making), in: "Contacts")
            }
        } catch {
            guard error.kind == .permanent || error.kind == .accountWide, error.scope != .credential else {
                throw error
            }
        }
        return created
    }

    /// The module is an offer: where its fields cannot be made, messages go into notes.
    private func prepareMessages(_ existing: [String: ZohoSchema.Field]) async -> [String] {
        let missing = ZohoMessageField.allCases.filter { existing[$0.rawValue] == nil }
        do throws(CallFailure) {
            let module = ZohoMessageField.module
            return try await create(missing.map { ($0.rawValue, $0.definition) }, in: module).map { "\(module).\($0)" }
        } catch {
            return []  // the check names what is missing
        }
    }

    /// - Returns: the API names of what was made.
    private func create(
        _ fields: [(name: String, definition: ZohoRow)], in module: String
    ) async throws(CallFailure) -> [String] {
        var created: [String] = []
        for start in stride(from: 0, to: fields.count, by: Self.fieldsPerCall) {
            let part = Array(fields[start..<min(start + Self.fieldsPerCall, fields.count)])
            let items = try await api.write(
                "POST", "/settings/fields?module=\(module)", ["fields": part.map(\.definition)], rows: part.count,
                effect: .repeatable)
            for (field, item) in zip(part, items) {
                if item.isSuccess {
                    created.append(field.name)
                } else if item.code != "DUPLICATE_DATA" {
                    // Else somebody made it meanwhile, or our own lost answer did.
                    throw api.failures(.repeatable).failure(item)
                }
            }
        }
        return created
    }
}

extension ZohoField {
    fileprivate var making: (name: String, definition: ZohoRow) { (rawValue, definition) }
}
