import ContactFiles
import Domain
import Pipeline

@testable import Console
@testable import Store

/// Lists on their way in, in every state.
enum ImportSamples {
    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let (layout, context) = (world.layout(.contacts), world.context)
        let all = [checking, checked, importing, done, undoing, undone, failed, cancelled]
        let draw = { (page: any Page) in render(page, world, layout) }
        return [
            ("imports", draw(ImportsPage(all, older: "1.2", notice: notice(context), in: context))),
            ("imports-empty", draw(ImportsPage([], in: context))),
            (
                "imports-agent",
                render(ImportsPage([done], in: context), world, world.layout(.contacts, isAdmin: false))
            ),
            (
                "import-new",
                draw(NewImportPage(region: "MX", regions: ContactSamples.regions, maxBytes: 512_000_000, in: context))
            ),
            ("import-new-mistake", draw(newMistake(context))),
            ("import-mapping", draw(mapping(context))),
            ("import-checking", draw(ImportProgressPage(checking, in: context))),
            ("import-importing", draw(ImportProgressPage(importing, in: context))),
            ("import-undoing", draw(ImportProgressPage(undoing, in: context))),
            ("import-report", draw(ImportReportPage(checked, report: report, in: context))),
            ("import-report-obstacle", draw(ImportReportPage(checked, report: hindered, in: context))),
            ("import-done", draw(ImportResultPage(done, in: context))),
            ("import-undone", draw(ImportResultPage(undone, in: context))),
            ("import-failed", draw(ImportResultPage(failed, in: context))),
            ("import-cancelled", draw(ImportResultPage(cancelled, in: context))),
            ("import-rows", draw(rows(context))),
            ("import-rows-empty", draw(noRows(context))),
        ]
    }

    static func progress(_ world: SampleWorld) -> String {
        world.render(ImportProgress(importing, in: world.context), world.layout(.contacts))
    }

    private static func render(_ page: any Page, _ world: SampleWorld, _ layout: PageLayout) -> String {
        func open(_ page: some Page) -> String { world.render(page, layout) }
        return open(page)
    }

    private static func notice(_ context: PageContext) -> OutcomeNotice {
        ImportsPage.outcome(of: .undos, in: context)
    }

    private static func newMistake(_ context: PageContext) -> NewImportPage {
        NewImportPage(
            region: "Atlantis", regions: ContactSamples.regions, text: "Ana <b>55 1234 5678", maxBytes: 512_000_000,
            error: LocalizedText(en: "There is no such country.", es: "No existe ese país."), in: context)
    }

    // MARK: States

    private static func facts(
        _ number: Int64, _ state: ImportState, _ name: String, _ change: (inout ImportFacts) -> Void = { _ in }
    ) -> ImportFacts {
        var facts = ImportFacts(
            id: id(number), state: state, fileName: name, size: 1_204_000, actor: "Ana Rivas",
            createdAt: ago(.minutes(Int(number - 7000) * 40)))
        change(&facts)
        return facts
    }

    static let uploaded = facts(7001, .uploaded, "clientes.csv")
    static let checking = facts(7002, .checking, "clientes.csv") {
        ($0.rows, $0.share, $0.rate, $0.left) = (48_211, 0.48, 61_200, .seconds(2))
    }
    static let checked = facts(7003, .checked, "feria <2026>.xlsx") { $0.report = report }
    static let importing = facts(7004, .importing, "clientes grandes.csv") {
        ($0.share, $0.rate, $0.left) = (0.37, 4200, .minutes(3))
        $0.report = report
        $0.result = result
    }
    static let done = facts(7005, .done, "kommo_export.csv") {
        $0.report = report
        $0.result = result
        $0.undo = .possible(until: SampleWorld.now + .days(29))
    }
    static let undoing = facts(7006, .done, "lista vieja.csv") {
        $0.result = result
        $0.undo = .running(done: 1200, of: 4000)
        $0.undoBegan = ago(.seconds(12))
    }
    static let undone = facts(7007, .done, "lista vieja.csv") {
        $0.result = result
        $0.undo = .done(at: ago(.hours(2)), by: "Beto Solís", kept: 3)
        $0.stay = ImportFacts.Stay(contacts: 2, change: id(40))
    }
    static let failed = facts(7008, .failed, "dañado.xlsx") {
        $0.failure = LocalizedText(
            en: "The Excel file is damaged or incomplete.", es: "El archivo de Excel está dañado o incompleto.")
    }
    static let cancelled = facts(7009, .cancelled, "otra.csv")

    static let result: ImportResult = {
        var result = ImportResult()
        (result.new, result.fills, result.changes, result.same) = (1204, 88, 7, 310)
        (result.consents, result.withdrawals, result.refused) = (900, 12, 1)
        return result
    }()

    static let report: ImportReport = {
        var report = ImportReport()
        (report.rows, report.new, report.fills, report.changes) = (1700, 1204, 88, 7)
        (report.same, report.kept, report.duplicates, report.rejected) = (310, 2, 60, 29)
        (report.optedOut, report.withoutConsent, report.dead, report.erased) = (12, 300, 9, 1)
        (report.consents, report.withdrawals, report.marked) = (900, 12, 40)
        report.rejections = [
            tally("phone_tooShort", "The number is too short.", "El número es demasiado corto.", 28, "12 | <i>Zoë</i>"),
            tally("erased", "Erased.", "Suprimida.", 1, "Eva"),
        ]
        report.duplicateTallies = [
            tally("duplicate_phone", "The same phone number.", "El mismo teléfono.", 60, "ANA")
        ]
        report.marks = [tally("no_phone", "There is no phone number.", "No hay teléfono.", 40, "eva@example.com")]
        report.countries = [
            ImportReport.Tally(
                code: "MX", title: LocalizedText(en: "Mexico", es: "México"), count: 1500, samples: [])
        ]
        report.newLabels = ["Feria 2026", "VIP"]
        report.newFields = ["Ciudad"]
        report.examples = [
            ImportReport.Example(
                row: 2, verdict: .new, person: "Ana Pérez", contact: nil,
                changes: [ImportChange(.phone, after: "+525512345678"), ImportChange(.consent, after: "granted")]),
            ImportReport.Example(
                row: 9, verdict: .changes, person: "Luis <script>", contact: id(4),
                changes: [
                    ImportChange(.name, before: "Luis", after: "Luis <script>"),
                    ImportChange(.field, field: "city", before: "Puebla", after: "Madrid"),
                ]),
        ]
        return report
    }()

    private static var hindered: ImportReport {
        var report = report
        report.obstacle = LocalizedText(en: "Too many new labels.", es: "Demasiadas etiquetas nuevas.")
        return report
    }

    private static func tally(
        _ code: String, _ en: String, _ es: String, _ count: Int, _ written: String
    ) -> ImportReport.Tally {
        let title = LocalizedText(en: en, es: es)
        return ImportReport.Tally(
            code: code, title: title, count: count,
            samples: [ImportReport.Tally.Sample(row: 7, written: written, sentence: title)])
    }

    // MARK: Columns and rows

    private static let text = """
        Nombre;Móvil;Correo;Ciudad;Notas
        Ana <b>Pérez;55 1234 5678;ana@example.com;Puebla;"dos
        líneas"
        Luis;+34 612 345 678;;Madrid;
        """

    private static func mapping(_ context: PageContext) -> any Page {
        guard let inspection = try? ContactFile(pasted: text).inspect() else {  // It is a list of contacts.
            return ErrorPage.unexpected(reference: "–", in: context)
        }
        var draft = ImportFormDraft(ImportPlan(inspection, region: "MX"), ImportOptions())
        draft.uses[3] = ImportFormDraft.newField(.text)
        draft.consent = .everybody
        draft.words = "Acepto <ofertas>"
        draft.labels = "Feria 2026"
        let field = ImportField(key: "city", name: "Ciudad", kind: .text)
        return ImportMappingPage(
            uploaded, inspection, draft: draft, fields: [field], regions: ContactSamples.regions,
            error: LocalizedText(en: "Consent needs its proof.", es: "El consentimiento necesita su prueba."),
            in: context)
    }

    private static func rows(_ context: PageContext) -> ImportRowsPage {
        var person = ImportedPerson(phones: ["525512345678"], email: "ana@example.com", name: "Ana")
        person.note = "VIP"
        let rows = [
            ImportRowView(
                position: 1, number: 2, verdict: .changes,
                notes: [ImportNote(code: "opted_out", sentence: .same("Opted out."))], contact: id(4),
                person: person, changes: [ImportChange(.name, before: "A", after: "Ana")], cells: []),
            ImportRowView(
                position: 2, number: 3, verdict: .rejected,
                notes: [ImportNote(code: "no_handle", sentence: .same("Nobody."))], contact: nil, person: nil,
                changes: [], cells: ["<b>Zoë</b>", "", "=1+1"]),
        ]
        return ImportRowsPage(
            done, report: report, rows: rows, showing: .rejected, next: 2, in: context)
    }

    private static func noRows(_ context: PageContext) -> ImportRowsPage {
        ImportRowsPage(done, report: report, rows: [], showing: .kept, next: nil, in: context)
    }
}
