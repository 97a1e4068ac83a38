import Domain
import HTTPTypes
import Hummingbird
import Store

/// One row of a mapping: made and changed in a form of its own. For administrators.
struct MappingRowController: Sendable {
    func add(to routes: ConsoleRoutes) {
        let path = "/connections/{id}/mapping/rows"
        routes.get("\(path)/new") { visit in
            try await show(MappingRowDraft(), number: nil, try await MappingReading(visit), visit)
        }
        routes.get("\(path)/{row}") { visit in
            let reading = try await MappingReading(visit)
            let index = try reading.index(visit)
            return try await show(MappingRowDraft(reading.rows[index]), number: index + 1, reading, visit)
        }
        routes.post("\(path)") { form, visit in
            try await save(form, at: nil, try await MappingReading(visit), visit)
        }
        routes.post("\(path)/{row}") { form, visit in
            let reading = try await MappingReading(visit)
            return try await save(form, at: Self.index(form, reading, visit), reading, visit)
        }
    }

    /// The row that the form was opened for. Where the mapping was changed since, it may have another number, or be gone.
    private static func index(_ form: Form, _ reading: MappingReading, _ visit: Visit) throws -> Int? {
        if form["version"] == reading.version { return try reading.index(visit) }
        return reading.rows.firstIndex { $0.identity == form["was"] }
    }

    private func show(
        _ draft: MappingRowDraft, number: Int?, _ reading: MappingReading, _ visit: Visit,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let facts = reading.facts
        return try await visit.answer(
            MappingRowPage(draft, number: number, of: facts, in: visit.page), at: .connections, status: status,
            path: number.map { "\(facts.path)/rows/\($0)" } ?? "\(facts.path)/rows/new")
    }

    /// - Parameter index: of the row that is changed; nil of a new one.
    private func save(
        _ form: Form, at index: Int?, _ reading: MappingReading, _ visit: Visit
    ) async throws -> Response {
        var draft = MappingRowDraft(form)
        let number = index.map { $0 + 1 }
        guard let row = draft.row() else {
            return try await show(draft, number: number, reading, visit, status: .unprocessableContent)
        }
        var rows = reading.rows
        let place = index ?? rows.count
        if let index { rows[index] = row } else { rows.append(row) }
        // Who has read what somebody else wrote, which then stands beside it, may save over that.
        guard form["version"] == reading.version else {
            draft.errors = [PuenteError.changedMeanwhile.message]
            draft.now = index.map { reading.rows[$0] }
            return try await show(draft, number: number, reading, visit, status: .conflict)
        }
        draft.errors = reading.problems(of: FieldMapping(rows))[place].map(\.sentence)
        guard draft.errors.isEmpty else {
            return try await show(draft, number: number, reading, visit, status: .unprocessableContent)
        }
        do {
            try await reading.save(rows, decidedUpon: form, visit)
        } catch let error as PuenteError where error.isForForm {
            draft.errors = [error.message]
            return try await show(
                draft, number: number, try await MappingReading(visit), visit, status: error.code.formStatus)
        }
        let command: MappingPage.Command = index == nil ? .added : .changed
        return visit.redirect(
            "\(reading.path)#row-\(place + 1)", telling: FlashNotice(.mapping, command.rawValue))
    }
}

extension MappingRowDraft {
    init(_ form: Form) {
        self.init()
        local = form["local"] ?? ""
        remote = String((form["remote"] ?? "").prefix(1000))
        direction = form["direction"].flatMap(SyncDirection.init(rawValue:)) ?? .both
        rule = form["rule"].flatMap(SyncRule.init(rawValue:)) ?? .crmWins
        fallback = form["fallback"] ?? ""
        isOn = form["is_on"] == "yes"
        was = form["was"] ?? ""
        transforms = (0..<Self.mostTransforms).compactMap { index in
            guard let kind = form["t.\(index).kind"].flatMap(TransformKind.init(rawValue:)) else { return nil }
            return TransformDraft(
                kind: kind, text: form["t.\(index).text"] ?? "", part: form["t.\(index).part"] ?? "",
                separator: form["t.\(index).separator"] ?? "")
        }
    }
}
