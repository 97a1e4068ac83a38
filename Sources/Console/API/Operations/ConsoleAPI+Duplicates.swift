import Domain
import Pipeline
import Store

extension ConsoleAPI {
    private static let mostPairs = 500

    var duplicateOperations: [APIOperation] {
        let duplicate = "/api/v1/duplicates/{duplicate}"
        let batch = "/api/v1/duplicates/batches/{batch}"
        return [
            .list("listDuplicates", "/api/v1/duplicates", filters: ["state"], listDuplicates),
            .get("getDuplicateFigures", "/api/v1/duplicates/figures", getDuplicateFigures),
            .post("compareContacts", "/api/v1/duplicates/passes", body: .none, repeats: .harmless, compareContacts),
            .post("mergeDuplicates", "/api/v1/duplicates/batches", mergeDuplicates),
            .get("getMergeBatch", batch, getMergeBatch),
            .post("undoMergeBatch", "\(batch)/undos", body: .none, undoMergeBatch),
            .get("getDuplicate", duplicate, getDuplicate),
            .post("mergeDuplicate", "\(duplicate)/merges", mergeDuplicate),
            .post("dismissDuplicate", "\(duplicate)/dismissals", body: .none) { request in
                try await settle(request, .open) { try await store.dismissDuplicates([$0], by: $1, in: $2) }
            },
            .post("reopenDuplicate", "\(duplicate)/reopenings", body: .none) { request in
                try await settle(request, .dismissed) { try await store.reopenDuplicates([$0], by: $1, in: $2) }
            },
            .post("mergeContact", "/api/v1/contacts/{contact}/merges", mergeContact),
            .get("getMerge", "/api/v1/merges/{merge}", getMerge),
            .post("undoMerge", "/api/v1/merges/{merge}/undos", body: .none, undoMerge),
        ]
    }

    // MARK: Suggestions

    private func listDuplicates(_ request: APIRequest) async throws -> APIAnswer {
        let state = try request.query.choice("state", among: DuplicateSummary.State.allCases) ?? .open
        let page = try await store.duplicates(
            state, before: cursor.open(request), limit: request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.duplicate($0) }
    }

    private func getDuplicate(_ request: APIRequest) async throws -> APIAnswer {
        .ok(views(request).duplicate(try await duplicate(request)))
    }

    private func duplicate(_ request: APIRequest) async throws -> DuplicateSummary {
        guard let found = try await store.duplicate(try request.id("duplicate"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return found
    }

    private func getDuplicateFigures(_ request: APIRequest) async throws -> APIAnswer {
        let figures = try await store.duplicateFigures(in: request.workspace)
        let scan = try await store.duplicateScan(in: request.workspace)
        return .ok(views(request).duplicateFigures(figures, scan))
    }

    private func compareContacts(_ request: APIRequest) async throws -> APIAnswer {
        try await store.beginDuplicatePass(in: request.workspace)
        wakeBoard.ring(.lane(.clock))
        return try await getDuplicateFigures(request)
    }

    private func settle(
        _ request: APIRequest, _ state: DuplicateSummary.State,
        _ settlement: (DuplicateID, String, WorkspaceID) async throws -> Int
    ) async throws -> APIAnswer {
        let found = try await duplicate(request)
        guard try await settlement(found.id, request.key.name, request.workspace) == 1 else {
            throw APIProblem.duplicateIs(found.state)
        }
        return .ok(views(request).duplicate(try await duplicate(request)))
    }

    // MARK: Merging

    private func mergeDuplicate(_ request: APIRequest) async throws -> APIAnswer {
        let found = try await duplicate(request)
        let (winner, choices) = try BodyObject.read(request.body) { body -> (ContactID, MergeChoices)? in
            body.allow("winner", "columns", "fields")
            guard let winner: ContactID = body.id("winner") else { return nil }
            guard winner == found.a.id || winner == found.b.id else {
                body.note("winner", en: LocalizedText.oneOfTheTwo.en, es: LocalizedText.oneOfTheTwo.es)
                return nil
            }
            return (winner, Self.choices(body))
        }
        guard found.state == .open else { throw APIProblem.duplicateIs(found.state) }
        let loser = winner == found.a.id ? found.b.id : found.a.id
        return try await merge(loser, into: winner, choices, request)
    }

    /// Any two contacts, whether or not anything speaks for it.
    private func mergeContact(_ request: APIRequest) async throws -> APIAnswer {
        let winner: ContactID = try request.id("contact")
        let (loser, choices) = try BodyObject.read(request.body) { body -> (ContactID, MergeChoices)? in
            body.allow("loser", "columns", "fields")
            return body.id("loser").map { ($0, Self.choices(body)) }
        }
        return try await merge(loser, into: winner, choices, request)
    }

    private func merge(
        _ loser: ContactID, into winner: ContactID, _ choices: MergeChoices, _ request: APIRequest
    ) async throws -> APIAnswer {
        let merge = try await store.merge(
            loser, into: winner, choices: choices, by: request.key.name, in: request.workspace)
        publish(merge.report)
        return try await self.merge(merge.change, request)
    }

    /// `columns: {name: "winner" | "loser", …}`, `fields: {ID: "winner" | "loser", …}`.
    private static func choices(_ body: BodyObject) -> MergeChoices {
        var choices = MergeChoices()
        if let columns = body.optionalObject("columns") {
            for name in columns.names {
                guard let column = MergeChoices.Column(rawValue: name) else {
                    columns.note(name, en: "this field is unknown here", es: "este campo no se conoce aquí")
                    continue
                }
                choices.columns[column] = columns.choice(name)
            }
        }
        if let fields = body.optionalObject("fields") {
            for name in fields.names {
                guard let field = FieldID(name) else {
                    fields.note(
                        name, en: "must be named by a field's id", es: "debe llevar el identificador de un campo")
                    continue
                }
                choices.fields[field] = fields.choice(name)
            }
        }
        return choices
    }

    private func getMerge(_ request: APIRequest) async throws -> APIAnswer {
        try await merge(try request.id("merge"), request)
    }

    private func merge(_ change: ChangeID, _ request: APIRequest) async throws -> APIAnswer {
        guard let record = try await store.mergeRecord(change, in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return .ok(views(request).merge(record))
    }

    private func undoMerge(_ request: APIRequest) async throws -> APIAnswer {
        let undone = try await store.undoMerge(
            try request.id("merge"), by: request.key.name, in: request.workspace)
        publish(undone.report)
        return try await merge(undone.change.id, request)
    }

    // MARK: Lists

    private func mergeDuplicates(_ request: APIRequest) async throws -> APIAnswer {
        let pairs = try BodyObject.read(request.body) { body -> [ReviewedDuplicate]? in
            body.allow("pairs")
            return body.objects("pairs", 1...Self.mostPairs) { pair in
                pair.allow("duplicate", "winner")
                guard let duplicate: DuplicateID = pair.id("duplicate"), let winner: ContactID = pair.id("winner")
                else {
                    return nil
                }
                return ReviewedDuplicate(duplicate: duplicate, winner: winner)
            }
        }
        try await requireWinners(of: pairs, in: request.workspace)
        let batch = try await store.mergeDuplicates(pairs, by: request.key.name, in: request.workspace)
        wakeBoard.ring(.lane(.clock))
        return APIAnswer(status: 202, body: views(request).mergeBatch(batch).json)
    }

    /// A pair that is left out because it names somebody else would look like one that is not open any more.
    private func requireWinners(of pairs: [ReviewedDuplicate], in workspace: WorkspaceID) async throws {
        let found = try await store.duplicates(Set(pairs.map(\.duplicate)).sorted(), in: workspace)
        let open = Dictionary(found.filter { $0.state == .open }.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let faults = pairs.enumerated().compactMap { place, pair -> APIProblem.Fault? in
            guard let known = open[pair.duplicate], pair.winner != known.a.id, pair.winner != known.b.id else {
                return nil
            }
            return APIProblem.Fault(place: .pointer("/pairs/\(place)/winner"), message: .oneOfTheTwo)
        }
        guard faults.isEmpty else { throw APIProblem.wrongBody.with(Array(faults.prefix(20))) }
    }

    private func getMergeBatch(_ request: APIRequest) async throws -> APIAnswer {
        guard let batch = try await store.mergeBatch(try request.id("batch"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return .ok(views(request).mergeBatch(batch))
    }

    private func undoMergeBatch(_ request: APIRequest) async throws -> APIAnswer {
        let id: MergeBatchID = try request.id("batch")
        try await store.undoMergeBatch(id, by: request.key.name, in: request.workspace)
        wakeBoard.ring(.lane(.clock))
        let answer = try await getMergeBatch(request)
        return APIAnswer(status: 202, body: answer.body)
    }
}

extension LocalizedText {
    fileprivate static let oneOfTheTwo = LocalizedText(
        en: "must be one of the two contacts", es: "debe ser uno de los dos contactos")
}

extension APIProblem {
    static func duplicateIs(_ state: DuplicateSummary.State) -> APIProblem {
        switch state {
        case .open:
            APIProblem(
                409, "duplicate_open", en: "This duplicate is open: nobody has decided about it.",
                es: "Este duplicado está pendiente: nadie ha decidido.")
        case .dismissed:
            APIProblem(
                409, "duplicate_dismissed", en: "Somebody said that these are two people.",
                es: "Alguien indicó que son dos personas.")
        case .merged:
            APIProblem(
                409, "duplicate_merged", en: "These contacts were merged already.",
                es: "Estos contactos ya se fusionaron.")
        }
    }
}
