import Domain
import Pipeline
import Store

@testable import Console

/// What is mapped of a connection, in every state of its pages.
enum MappingSamples {
    static let rows = [
        MappingRow(local: .firstName, remote: "firstname", direction: .both, rule: .crmWins),
        MappingRow(
            local: .email, remote: "email", direction: .both, rule: .newest, transforms: [.letters(.lower)]),
        MappingRow(
            local: .custom(id(9201)), remote: "hs_lead_status", direction: .toCRM, rule: .puenteWins,
            transforms: [.choices([.init(ours: "nuevo", theirs: "NEW")], otherwise: "OTHER <b>")], fallback: "NEW"),
        MappingRow(
            local: .note, remote: "gone", direction: .both, rule: .ask, transforms: [.template("{{name}} <b>")],
            isOn: false),
    ]

    static func facts(
        _ rows: [MappingRow] = rows, fields: AccountFields = AccountFields(SampleCRM.fields),
        makeable: [String] = ["gone"]
    ) -> MappingFacts {
        let mapping = FieldMapping(rows)
        let field = LocalField.custom(id(9201))
        return MappingFacts(
            connection: "hubspot", name: "HubSpot", version: "7", mapping: mapping,
            problems: mapping.problems(remote: fields.described, shape: { $0 == .email ? .email : .text }),
            offered: LocalField.common + [field], titles: [field: .same("Estado <b>&")], fields: fields,
            makeable: makeable,
            kept: rows.isEmpty
                ? nil : MappingFacts.Kept(by: "Ana Rivas", at: Timestamp(milliseconds: 1_795_042_920_000)))
    }

    private static let trial = SyncTrial(rows: [
        .init(
            row: rows[0], ours: .init(before: "Lucía", after: "Lucía <b>"),
            theirs: .init(before: "Lucía <b>", after: "Lucía <b>"), verdict: .taken),
        .init(
            row: rows[1], ours: .init(before: "", after: ""), theirs: .init(before: "", after: ""), verdict: .silent),
        .init(
            row: rows[2], ours: .init(before: "nuevo", after: "nuevo"), theirs: .init(before: "", after: "NEW"),
            verdict: .given),
        .init(
            row: rows[3], ours: .init(before: "x", after: "x"), theirs: .init(before: "y", after: "y"),
            verdict: .refused(.unreadable)),
    ])

    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        let context = world.context
        let trouble = AccountFields(trouble: SampleCRM.away.advice)
        let facts = facts()
        let person = MappingTrialPage.Person(
            name: "Lucía <b>", number: "+5215512345678", url: "/connections/hubspot/mapping/trial?contact=1")
        var wrong = MappingRowDraft(rows[2])
        wrong.errors = [MappingProblem.noSuchChoice("OTHER <b>").sentence]
        wrong.transforms[0].error = LocalizedText(en: "“x” is no choice.", es: "«x» no es una opción.")
        wrong.remoteError = LocalizedText(en: "Name it.", es: "Indíquelo.")
        wrong.now = rows[2]
        let broken = MappingFilePage.Draft(
            text: "rows: <b>", errors: [LocalizedText(en: "Line 3: <b>.", es: "Línea 3: <b>.")])
        let read = MappingFilePage.Draft(
            text: "rows", mapping: FieldMapping(rows), problems: [[], [.noSuchField], [], []])
        func page(_ name: String, _ page: some Page) -> (String, String) { (name, world.render(page, layout)) }
        return [
            page(
                "mapping",
                MappingPage(
                    facts, of: SyncSamples.head, notice: MappingPage.outcome(of: .made, count: 2, in: context),
                    in: context)),
            page("mapping-empty", MappingPage(Self.facts([], makeable: []), of: SyncSamples.head, in: context)),
            page(
                "mapping-away",
                MappingPage(Self.facts([rows[0]], fields: trouble), of: SyncSamples.head, in: context)),
            page("mapping-row", MappingRowPage(MappingRowDraft(rows[2]), number: 3, of: facts, in: context)),
            page("mapping-row-new", MappingRowPage(.init(), number: nil, of: facts, in: context)),
            page("mapping-row-mistake", MappingRowPage(wrong, number: 3, of: facts, in: context)),
            page("mapping-trial", MappingTrialPage(.trial(trial, of: person), query: "", of: facts, in: context)),
            page("mapping-trial-find", MappingTrialPage(.people([person]), query: "lu<b>", of: facts, in: context)),
            page(
                "mapping-trial-problem",
                MappingTrialPage(.problem(SampleCRM.away.advice), query: "", of: facts, in: context)),
            page("mapping-file", MappingFilePage(.init(), of: facts, in: context)),
            page("mapping-file-broken", MappingFilePage(broken, of: facts, in: context)),
            page("mapping-file-read", MappingFilePage(read, of: facts, in: context)),
        ]
    }

    static func fragments(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        return ["0a1b", facts().version].map { version in
            (
                "mapping-news-\(version)",
                world.render(MappingNewsView(facts(), shown: version, in: world.context), layout)
            )
        }
    }
}
