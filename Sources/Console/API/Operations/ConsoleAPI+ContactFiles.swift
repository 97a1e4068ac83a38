import Domain
import Hummingbird
import Pipeline
import Store

/// What leaves as a file: contacts, the rows that an import did not take, the proof of somebody's consent. Each is written
/// down in the audit trail before its first byte leaves.
extension ConsoleAPI {
    var contactFileOperations: [APIOperation] {
        [
            .file(
                "downloadContacts", "/api/v1/contacts/export", scope: .admin,
                query: ["format", "search", "label", "state", "consent", "reach", "segment"], downloadContacts),
            .file("getRejectedRows", "/api/v1/imports/{import}/rejected-rows", getRejectedRows),
            .file("getConsentProof", "/api/v1/contacts/{contact}/consent/proof", getConsentProof),
        ]
    }

    // MARK: Contacts

    private func downloadContacts(_ request: APIRequest) async throws -> APIAnswer {
        let format = try request.query.choice("format", among: ContactExport.Format.allCases) ?? .csv
        let export = ContactExport(
            format, of: request.workspace, selection: try await selection(request),
            fields: try await store.importWords(in: request.workspace).fields, isForSpreadsheets: true, store: store)
        try await noteFile(request.workspace.rawValue, format.rawValue, request)
        let name = LocalizedText(en: "Contacts", es: "Contactos")[request.language]
        return .download("\(name) \(store.now().day).\(format.fileExtension)", type: format.contentType, export)
    }

    /// Whom a list with these parameters shows.
    private func selection(_ request: APIRequest) async throws -> ContactSelection {
        let query = request.query
        var conditions: [SegmentCondition] = []
        if let label: LabelID = try query.id("label") { conditions.append(.label(label, isSo: true)) }
        if let state = try query.choice("state", among: ContactState.allCases) {
            conditions.append(.state(state, isSo: true))
        }
        let consent = try query.choice("consent", among: ContactQuery.Consent.allCases)
        if let consent = consent.flatMap({ SegmentCondition.Consent(rawValue: $0.rawValue) }) {
            conditions.append(.consent(.marketing, consent))
        }
        if let reach = try query.choice("reach", among: ContactsFilter.Reach.allCases) {
            conditions.append(.unreachable(isSo: reach == .unreachable))
        }
        let search = try query.search("search")
        var all = [try SegmentConditions(.all, conditions.map(SegmentConditions.Part.condition))]
        if let id: SegmentID = try query.id("segment") {
            guard let segment = try await store.segment(id, in: request.workspace) else {
                throw query.wrong("segment", en: "there is no such segment", es: "no existe ese segmento")
            }
            all.append(segment.conditions)
        }
        return .matching(
            conditions: all, search: search, number: SearchedNumber.digits(search, region: request.key.region))
    }

    // MARK: An import's rejected rows

    private func getRejectedRows(_ request: APIRequest) async throws -> APIAnswer {
        guard let record = try await store.importRecord(try request.id("import"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        guard record.report != nil else { throw APIProblem.notChecked }
        let rows = try RejectedRows(record, language: request.language, store: store)
        try await noteFile(record.id.rawValue, ContactExport.Format.csv.rawValue, request)
        return .download(rows.fileName, type: ContactExport.Format.csv.contentType, rows)
    }

    private func noteFile(_ subject: Int64, _ format: String, _ request: APIRequest) async throws {
        try await store.note(
            .contactsExported, of: subject, by: request.key.name, in: request.workspace, detail: ["format": format])
    }

    // MARK: The proof of consent

    private func getConsentProof(_ request: APIRequest) async throws -> APIAnswer {
        guard let file = try await store.consent(of: try request.id("contact"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        try await noteSeen(file.person.id, request)
        let context = pages.context(language: request.language, zone: zone, now: store.now())
        let sheet = ConsentProofFile(
            ConsentProofPage(
                ConsentFacts(file), company: request.key.workspaceName, reader: request.key.name, in: context))
        return APIAnswer(status: 200, body: .null, download: .page(pages.render(sheet, layout: .alone(context))))
    }
}

extension APIAnswer {
    fileprivate static func download(_ name: String, type: String, _ pieces: some FilePieces) -> APIAnswer {
        APIAnswer(status: 200, body: .null, download: .download(name, type: type, pieces))
    }
}

extension APIProblem {
    fileprivate static let notChecked = APIProblem(
        409, "not_checked", en: "The list has not been checked yet. Ask again when its state is \"checked\".",
        es: "La lista aún no se ha comprobado. Pida de nuevo cuando su estado sea «checked».")
}

extension PageLayout {
    /// Of a page that leaves by itself, with nothing of the console around it.
    fileprivate static func alone(_ context: PageContext) -> PageLayout {
        PageLayout(
            context: context, theme: .light, path: "/", csrf: "", staff: nil, workspace: "", place: nil,
            counts: NavigationCounts(), alarms: [], isDemo: false)
    }
}

extension Response {
    /// A page that loads and runs nothing, wherever it is opened.
    fileprivate static func page(_ html: String) -> Response {
        var response = Response.html(.ok, html)
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'"
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
