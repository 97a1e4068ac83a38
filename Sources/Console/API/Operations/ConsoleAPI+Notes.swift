import Domain
import Store

extension ConsoleAPI {
    /// What is noted of one contact.
    var noteOperations: [APIOperation] {
        let contact = "/api/v1/contacts/{contact}"
        return [
            .get("listContactLabels", "\(contact)/labels") { request in try await labels(request) },
            .put("addContactLabel", "\(contact)/labels/{label}", body: .none) { request in
                try await store.addLabel(
                    try request.id("label"), to: try request.id("contact"), in: request.workspace,
                    by: request.key.name)
                return try await labels(request)
            },
            .delete("removeContactLabel", "\(contact)/labels/{label}") { request in
                _ = try await details(request)
                try await store.removeLabel(
                    try request.id("label"), from: try request.id("contact"), in: request.workspace,
                    by: request.key.name)
                return try await labels(request)
            },
            .get("listContactFields", "\(contact)/fields") { request in try await fields(request) },
            .put("setContactField", "\(contact)/fields/{field}", setContactField),
            .get("listContactStates", "\(contact)/states") { request in try await states(request) },
            .put("setContactState", "\(contact)/states/{state}", setContactState),
            .delete("clearContactState", "\(contact)/states/{state}") { request in
                _ = try await details(request)
                try await store.clearState(
                    try state(request), of: try request.id("contact"), in: request.workspace, by: request.key.name)
                return try await states(request)
            },
        ]
    }

    private func details(_ request: APIRequest) async throws -> ContactDetails {
        guard let details = try await store.details(of: try request.id("contact"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        try await noteSeen(try request.id("contact"), request)
        return details
    }

    private func labels(_ request: APIRequest) async throws -> APIAnswer {
        let views = views(request)
        return .all(try await details(request).labels) { views.contactLabel($0) }
    }

    private func fields(_ request: APIRequest) async throws -> APIAnswer {
        let views = views(request)
        return .all(try await details(request).fields) { views.fieldValue($0) }
    }

    private func states(_ request: APIRequest) async throws -> APIAnswer {
        let views = views(request)
        return .all(try await details(request).states) { views.state($0) }
    }

    private func state(_ request: APIRequest) throws(APIProblem) -> ContactState {
        guard let state = request.parameters["state"].flatMap({ ContactState(rawValue: $0) }) else {
            throw APIProblem.noSuchThing
        }
        return state
    }

    private func setContactField(_ request: APIRequest) async throws -> APIAnswer {
        let id: FieldID = try request.id("field")
        let details = try await details(request)
        guard details.fields.contains(where: { $0.field.id == id }) else { throw APIProblem.noSuchThing }
        let written = try BodyObject.read(request.body) { body -> String? in
            body.allow("value")
            return body.scalar("value", maxLength: FieldValue.maxLength)
        }
        do {
            try await store.setField(
                id, of: details.contact, to: written, habits: .machine, in: request.workspace, by: request.key.name)
        } catch let error as PuenteError where error.detail == "field_value" {
            throw APIProblem.wrongBody.with([
                APIProblem.Fault(place: .pointer("/value"), message: error.message)
            ])
        }
        return try await fields(request)
    }

    private func setContactState(_ request: APIRequest) async throws -> APIAnswer {
        let state = try state(request)
        let reason = try BodyObject.read(request.body) { body -> String? in
            body.allow("reason")
            return body.optionalText("reason", 0...ContactState.maxReason) ?? ""
        }
        try await store.setState(
            state, of: try request.id("contact"), reason: reason, in: request.workspace, by: request.key.name)
        return try await states(request)
    }
}

extension BodyObject {
    /// A text, a number, true or false, or null, as a text that fields read; null is empty.
    func scalar(_ name: String, maxLength: Int) -> String? {
        guard has(name) else {
            note(name, en: "this field is missing", es: "falta este campo")
            return nil
        }
        if let text = scalarText(name, maxLength: maxLength) { return text }
        note(
            name, en: "must be a text of at most \(maxLength) characters, a number, true, false or null",
            es: "debe ser un texto de \(maxLength) caracteres como máximo, un número, true, false o null")
        return nil
    }
}
