import ContactFiles
import Domain
import HTTPTypes
import Hummingbird
import Pipeline
import Store

/// Lists of contacts: uploaded, their columns confirmed, checked, imported, put back. For administrators; everybody sees
/// what was imported.
struct ImportsController: Sendable {
    static let path = "/imports"

    func add(to routes: ConsoleRoutes) {
        routes.get("/imports") { visit in try await list(visit) }
        routes.get("/imports/new") { visit in try await new(visit) }
        routes.post("/imports", limits: .list) { form, visit in try await begin(form, visit) }
        routes.get("/imports/{id}") { visit in try await show(visit) }
        routes.get("/fragments/imports/{id}") { visit in try await progress(visit) }
        routes.get("/imports/{id}/rows") { visit in try await rows(visit) }
        routes.get("/imports/{id}/rejected.csv") { visit in try await rejected(visit) }
        routes.post("/imports/{id}/checks", limits: .list) { form, visit in try await check(form, visit) }
        routes.post("/imports/{id}/reopenings") { _, visit in
            try await step(visit) { try await $0.reopen($1, in: $2) }
        }
        routes.post("/imports/{id}/confirmations") { _, visit in
            try await step(visit) { try await $0.confirm($1, in: $2, by: visit.staff.name) }
        }
        routes.post("/imports/{id}/cancellations") { _, visit in
            try await step(visit, telling: .cancellations) { try await $0.cancel($1, in: $2) }
        }
        routes.post("/imports/{id}/undos") { _, visit in
            try await step(visit, telling: .undos) { try await $0.undo($1, in: $2, by: visit.staff.name) }
        }
    }

    // MARK: The list

    private func list(_ visit: Visit) async throws -> Response {
        let page = try await visit.store.imports(before: visit.before, in: visit.workspace)
        return try await visit.answer(
            ImportsPage(
                page.items.map { ImportFacts($0, in: visit.page) }, older: page.next?.description,
                notice: Self.notice(visit), in: visit.page), at: Self.place)
    }

    /// - Parameter hasWritten: whether there is anything that a cancelled import left.
    private static func notice(_ visit: Visit, hasWritten: Bool = true) -> OutcomeNotice? {
        visit.flash(of: .imports).flatMap { ImportsPage.Command(rawValue: $0.command) }
            .map { $0 == .cancellations && !hasWritten ? .discarded : $0 }
            .map { ImportsPage.outcome(of: $0, in: visit.page) }
    }

    static let place: NavigationView.Place? = .contacts

    // MARK: A new list

    private func new(
        _ visit: Visit, region: String? = nil, text: String = "", error: LocalizedText? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try visit.requireAdmin()
        let page = NewImportPage(
            region: region ?? visit.account.region, regions: RegionList.all, text: text,
            maxBytes: FileLimits().fileBytes, error: error,
            in: visit.page)
        return try await visit.answer(page, at: Self.place, status: status, path: Self.path + "/new")
    }

    private func begin(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let (region, text) = (form["region"] ?? "", form["text"] ?? "")
        do {
            let file = try await file(of: form, visit)
            let record = try await visit.parts.imports.begin(
                file.sha256, named: file.filename, size: file.size, region: region, in: visit.workspace,
                by: visit.staff.name)
            return visit.redirect("\(Self.path)/\(record.id)")
        } catch let error as PuenteError where error.isForForm {
            return try await new(
                visit, region: region, text: text, error: error.message.of(form.file?.filename),
                status: .unprocessableContent)
        }
    }

    /// The file that was chosen, else one of the text that was pasted.
    private func file(of form: Form, _ visit: Visit) async throws -> UploadedFile {
        if let file = form.file { return file }
        let text = form["text"] ?? ""
        guard !text.allSatisfy(\.isWhitespace) else { throw PuenteError.noList }
        let name = ImportRecord.pastedName[visit.page.language]
        let spool = try await visit.parts.shelf(.imports, of: visit.workspace).spool(
            named: name, mimeType: "text/plain", FormLimits.list.fieldBytes)
        try await spool.append(.init(string: text))
        return try await spool.seal()
    }

    // MARK: One import

    private func show(_ visit: Visit) async throws -> Response {
        let record = try await found(visit)
        let facts = ImportFacts(record, in: visit.page)
        if record.state == .uploaded { return try await mapping(record, facts, visit) }
        if record.state.isRunning || facts.isUndoing {
            return try await visit.answer(ImportProgressPage(facts, in: visit.page), at: Self.place)
        }
        if record.state == .checked, let report = record.report {
            return try await visit.answer(
                ImportReportPage(facts, report: report, notice: Self.notice(visit), in: visit.page), at: Self.place)
        }
        return try await visit.answer(
            ImportResultPage(
                try await knowing(facts, record, visit), notice: Self.notice(visit, hasWritten: facts.undo != .nothing),
                in: visit.page), at: Self.place)
    }

    /// With what its undo left.
    private func knowing(_ facts: ImportFacts, _ record: ImportRecord, _ visit: Visit) async throws -> ImportFacts {
        guard let change = record.change, change.state == .undone, change.keptRows > 0 else { return facts }
        var facts = facts
        let kept = try await visit.store.keptContacts(of: change.id, in: visit.workspace)
        facts.stay = ImportFacts.Stay(contacts: kept, change: change.id)
        return facts
    }

    private func found(_ visit: Visit) async throws -> ImportRecord {
        guard let record = try await visit.store.importRecord(try visit.id(), in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return record
    }

    /// The page is loaded anew when what the fragment was drawn for has ended.
    private func progress(_ visit: Visit) async throws -> Response {
        let facts = ImportFacts(try await found(visit), in: visit.page)
        var response = try await visit.answer(ImportProgress(facts, in: visit.page))
        if visit.query("state") != ImportProgress.state(facts) { response.headers[.hxRefresh] = "true" }
        return response
    }

    private func rows(_ visit: Visit) async throws -> Response {
        let record = try await found(visit)
        guard let report = record.report else { throw PuenteError.noSuchPage }
        let shown = visit.query("show").flatMap { ImportVerdict(rawValue: $0) } ?? .rejected
        let after = visit.query("after").flatMap { Int($0) } ?? 0
        let page = try await visit.store.importRows(
            record.id, verdicts: [shown], after: max(0, after), in: visit.workspace)
        return try await visit.answer(
            ImportRowsPage(
                ImportFacts(record, in: visit.page), report: report, rows: page.items, showing: shown,
                next: page.next.map { Int($0.id) }, in: visit.page), at: Self.place)
    }

    private func rejected(_ visit: Visit) async throws -> Response {
        let record = try await found(visit)
        let rows = try RejectedRows(record, language: visit.page.language, store: visit.store)
        try await visit.store.note(
            .contactsExported, of: record.id.rawValue, by: visit.staff.name, in: visit.workspace,
            detail: ["format": "csv"])
        return .download(rows.fileName, type: "text/csv; charset=utf-8", rows)
    }

    // MARK: Columns

    private func mapping(
        _ record: ImportRecord, _ facts: ImportFacts, _ visit: Visit, form: ImportForm? = nil,
        error: LocalizedText? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try visit.requireAdmin()
        let plan = try ImportPlan(json: record.plan)
        let asked = visit.request.method == .get && visit.query("heading") != nil
        let query = ImportForm({ visit.query($0) }, columns: [], region: plan.region ?? "")
        let reading = ImportMappingReading(record: record, plan: plan, visit: visit)
        do {
            if asked { return try await reading.answer(query.choices, draft: nil, error, facts, status: status) }
            if let form {
                return try await reading.answer(form.choices, draft: form.draft, error, facts, status: status)
            }
            let draft = ImportFormDraft(plan, record.options)
            return try await reading.answer(plan.choices, draft: draft, error, facts, status: status)
        } catch let problem as PuenteError where problem.isForForm && (asked || form != nil) {
            // It cannot be read like that: as it was before, with the sentence.
            return try await reading.answer(
                plan.choices, draft: ImportFormDraft(plan, record.options), problem.message, facts,
                status: .unprocessableContent)
        }
    }

    private func check(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let record = try await found(visit)
        let read = ImportForm({ form[$0] }, columns: form.fields.pairs, region: visit.account.region)
        do {
            let inspection = try await visit.parts.imports.inspect(record, read.choices)
            let known = try await visit.store.importWords(in: visit.workspace).all
            let (plan, fields) = try read.plan(inspection, known: known)
            try await visit.parts.imports.check(record, plan, try read.options(), fields: fields)
            return visit.redirect("\(Self.path)/\(record.id)")
        } catch let error as PuenteError where error.isForForm && record.state == .uploaded {
            return try await mapping(
                record, ImportFacts(record, in: visit.page), visit, form: read, error: error.message,
                status: .unprocessableContent)
        }
    }

    // MARK: Steps

    private func step(
        _ visit: Visit, telling command: ImportsPage.Command? = nil,
        _ take: (ImportDesk, ImportID, WorkspaceID) async throws -> Void
    ) async throws -> Response {
        try visit.requireAdmin()
        let id: ImportID = try visit.id()
        try await take(visit.parts.imports, id, visit.workspace)
        let isFromList = visit.returning(to: Self.path) == Self.path
        return visit.redirect(
            isFromList ? Self.path : "\(Self.path)/\(id)",
            telling: command.map { FlashNotice(.imports, $0.rawValue) })
    }
}

/// Draws the page of a list's columns.
struct ImportMappingReading {
    let record: ImportRecord
    let plan: ImportPlan
    let visit: Visit

    /// - Parameter draft: nil: as it is recognised when it is read like this.
    func answer(
        _ choices: ReadingChoices, draft: ImportFormDraft?, _ error: LocalizedText?, _ facts: ImportFacts,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let inspection = try await visit.parts.imports.inspect(record, choices)
        let fields = try await visit.store.importWords(in: visit.workspace).fields
        let recognised = ImportFormDraft(
            ImportPlan(inspection, region: plan.region, fields: fields), record.options)
        let page = ImportMappingPage(
            facts, inspection, draft: draft ?? recognised, fields: fields, regions: RegionList.all, error: error,
            in: visit.page)
        return try await visit.answer(
            page, at: ImportsController.place, status: status, path: "\(ImportsController.path)/\(record.id)")
    }
}

extension PuenteError {
    fileprivate static let noList = PuenteError(
        .invalid, detail: "no_list", en: "Choose a file, or paste a list.", es: "Elija un archivo o pegue una lista.")
}

extension LocalizedText {
    private static let longestName = 100

    /// The same, with the file that it speaks of: the form comes back without it.
    fileprivate func of(_ file: String?) -> LocalizedText {
        guard let file, !file.isEmpty else { return self }
        let name = file.prefix(Self.longestName) + (file.count > Self.longestName ? "…" : "")
        return LocalizedText(en: "“\(name)”: \(en)", es: "«\(name)»: \(es)")
    }
}
