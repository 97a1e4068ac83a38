package import Domain

extension Store {
    /// Every segment of a workspace, by name.
    package func segments(in workspace: WorkspaceID) async throws -> [SegmentSummary] {
        try await database.read(on: .console) { try $0.segments(in: workspace) }
    }

    package func segment(_ id: SegmentID, in workspace: WorkspaceID) async throws -> SegmentSummary? {
        try await database.read(on: .console) { try $0.segment(id, in: workspace) }
    }

    /// - Throws: `conflict` with the detail `segment_taken` when another has the name; `invalid` with `unknown_reference`
    ///   when a condition speaks of a label or field that is not there, with `segment_size` when there is none.
    package func createSegment(
        _ name: String, _ conditions: SegmentConditions, in workspace: WorkspaceID, by actor: String
    ) async throws -> SegmentID {
        let name = try PeopleName.read(name, maxLength: SegmentSummary.maxName)
        let id = ids.next(SegmentRow.self)
        let text = try JSONText.encode(conditions)
        try await journaled(.segmentSaved(name), by: actor, in: workspace) { journal, now in
            try journal.lockSegments()
            try journal.requireKnown(conditions)
            guard try journal.segmentID(named: name) == nil else { throw PuenteError.segmentTaken }
            let count = try journal.connection.value(
                "SELECT COUNT(*) AS segments FROM segment WHERE workspace_id = :workspace_id",
                ["workspace_id": workspace], as: Int.self)
            guard count ?? 0 < SegmentSummary.maxSegments else { throw PuenteError.tooManySegments }
            try journal.insert(
                .segment,
                [
                    "id": id, "name": name, "folded": PeopleName.folded(name), "conditions": text, "created_at": now,
                    "updated_at": now,
                ], of: nil)
        }
        return id
    }

    /// - Parameter expected: what the segment must say, one of these; nil: whatever it says.
    /// - Throws: as ``createSegment(_:_:in:by:)``, `notFound`, and `changedMeanwhile`.
    package func changeSegment(
        _ id: SegmentID, name: String, _ conditions: SegmentConditions, expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        let name = try PeopleName.read(name, maxLength: SegmentSummary.maxName)
        let text = try JSONText.encode(conditions)
        try await journaled(.segmentSaved(name), by: actor, in: workspace) { journal, now in
            try journal.lockSegments()
            guard let segment = try journal.connection.segment(id, in: workspace) else { throw PuenteError.noSegment }
            try expected?.require(try segment.version())
            try journal.requireKnown(conditions)
            guard try journal.segmentID(named: name).map({ $0 == id }) ?? true else {
                throw PuenteError.segmentTaken
            }
            guard segment.name != name || segment.conditions != conditions else { return }
            try journal.update(
                .segment, key: ["id": id],
                set: ["name": name, "folded": PeopleName.folded(name), "conditions": text, "updated_at": now], of: nil)
        }
    }

    /// - Parameter expected: what the segment must say, one of these; nil: whatever it says.
    /// - Returns: the change, so that it can be put back.
    /// - Throws: `notFound`, and `changedMeanwhile`.
    package func deleteSegment(
        _ id: SegmentID, expecting expected: Set<EditVersion>? = nil, in workspace: WorkspaceID, by actor: String
    ) async throws -> ChangeID {
        guard let segment = try await segment(id, in: workspace) else { throw PuenteError.noSegment }
        let deleted = try await journaled(.segmentDeleted(segment.name), by: actor, in: workspace) { journal, _ in
            try journal.lockSegments()
            guard let known = try journal.connection.segment(id, in: workspace) else { throw PuenteError.noSegment }
            try expected?.require(try known.version())
            return try journal.delete(.segment, key: ["id": id], of: nil)
        }
        guard let change = deleted.change else { throw PuenteError.noSegment }
        return change
    }

    // MARK: Whom they hold

    /// How many contacts meet the conditions now.
    package func count(of conditions: SegmentConditions, in workspace: WorkspaceID) async throws -> ListCount {
        try await count(of: .matching(conditions), in: workspace)
    }

    /// How many contacts are selected.
    package func count(of selection: ContactSelection, in workspace: WorkspaceID) async throws -> ListCount {
        switch selection {
        case .chosen(let contacts): ListCount(Set(contacts).count)
        case .matching(let conditions, let search, let number):
            try await count(conditions, search: search, number: number, in: workspace)
        }
    }

    private func count(
        _ conditions: [SegmentConditions], search: String, number: String?, in workspace: WorkspaceID
    ) async throws -> ListCount {
        let clock = segmentClock
        return try await database.read(on: .console) { connection in
            let selected = try SelectedContacts(
                conditions, search: search, number: number, on: connection, in: workspace, clock
            ).source()
            // In the order of their ids what each condition asks for lies side by side.
            return try connection.count("FROM \(selected.sql) ORDER BY p.id", selected.arguments)
        }
    }

    /// Who meets the conditions now, the newest contact first.
    package func members(
        of conditions: SegmentConditions, before: ListPosition? = nil, limit: Int = ListLimit.usual,
        in workspace: WorkspaceID
    ) async throws -> ListPage<ContactSummary> {
        let limit = ListLimit.clamped(limit)
        let clock = segmentClock
        return try await database.read(on: .console) { connection in
            let selected = try SelectedContacts([conditions], on: connection, in: workspace, clock).source {
                $0.add(before: before, id: "p.id")
                $0.set("limit", limit + 1)
            }
            let rows = try connection.rows(
                "SELECT p.id FROM \(selected.sql) ORDER BY p.id DESC LIMIT :limit", selected.arguments)
            let page = ListPage(fetched: try rows.map { try $0.get("id", as: ContactID.self) }, limit: limit) {
                ListPosition(id: $0.rawValue)
            }
            return page.with(try connection.contactSummaries(page.items, in: workspace))
        }
    }
}

extension SQLConnection {
    func segments(in workspace: WorkspaceID) throws -> [SegmentSummary] {
        try rows(
            """
            SELECT \(SegmentSummary.columns) FROM segment g
            WHERE g.workspace_id = :workspace_id
            ORDER BY g.folded, g.id
            """, ["workspace_id": workspace]
        ).map(SegmentSummary.init)
    }

    func segment(_ id: SegmentID, in workspace: WorkspaceID) throws -> SegmentSummary? {
        try row(
            "SELECT \(SegmentSummary.columns) FROM segment g WHERE g.workspace_id = :workspace_id AND g.id = :id",
            ["workspace_id": workspace, "id": id]
        ).map(SegmentSummary.init)
    }
}

extension ChangeJournal {
    /// Until the transaction ends nobody else makes or changes a segment.
    func lockSegments() throws {
        try connection.lock(["segments"], in: workspace)
    }

    fileprivate func segmentID(named name: String) throws -> SegmentID? {
        try connection.value(
            "SELECT id FROM segment WHERE workspace_id = :workspace_id AND folded = :folded",
            ["workspace_id": workspace, "folded": PeopleName.folded(name)])
    }

    /// What conditions speak of must be there, and fields of the kind that they take them for.
    func requireKnown(_ conditions: SegmentConditions) throws {
        guard !conditions.all.isEmpty else { throw PuenteError.noConditions }
        let kinds = try Dictionary(
            connection.fields(archived: true, in: workspace).map { ($0.id, $0.kind) }, uniquingKeysWith: { $1 })
        for condition in conditions.all {
            let isKnown =
                switch condition {
                case .label(let id, _): try hasLabel(id)
                case .field(let id, let kind, _): kinds[id] == kind
                case .number(let id, _): kinds[id] == .number
                case .date(let id, _): kinds[id] == .date
                case .name, .email, .phone, .language, .reach, .numberKind, .unreachable, .state, .consent, .activity,
                    .created, .source:
                    true
                }
            guard isKnown else { throw PuenteError.unknownInConditions }
        }
    }
}

extension LocalizedText {
    fileprivate static func segmentSaved(_ name: String) -> LocalizedText {
        LocalizedText(en: "Segment “\(name)” saved", es: "Segmento «\(name)» guardado")
    }

    fileprivate static func segmentDeleted(_ name: String) -> LocalizedText {
        LocalizedText(en: "Segment “\(name)” deleted", es: "Segmento «\(name)» eliminado")
    }
}

extension PuenteError {
    package static let noSegment = PuenteError(
        .notFound, detail: "no_segment", en: "There is no such segment. It may have been deleted.",
        es: "No existe ese segmento. Puede que se haya eliminado.")
    package static let segmentTaken = PuenteError(
        .conflict, detail: "segment_taken", en: "There is a segment with this name already.",
        es: "Ya existe un segmento con este nombre.")
    static let tooManySegments = PuenteError(
        .conflict, detail: "too_many_segments", en: "There are 200 segments already. Delete some that nobody uses.",
        es: "Ya hay 200 segmentos. Elimine algunos que nadie use.")
    package static let noConditions = PuenteError(
        .invalid, detail: "segment_size", en: "A segment needs at least one condition.",
        es: "Un segmento necesita al menos una condición.")
    fileprivate static let unknownInConditions = PuenteError(
        .invalid, detail: "unknown_reference",
        en: "A condition speaks of a label or field that is not there any more. Choose another.",
        es: "Una condición habla de una etiqueta o un campo que ya no existe. Elija otro.")
}
