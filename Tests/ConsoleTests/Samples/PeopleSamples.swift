import Domain

@testable import Console

/// Labels, fields, segments, bulk actions, and what is noted of a contact.
enum PeopleSamples {
    static let labels = [
        LabelFacts(id: id(7001), name: "Cliente VIP", color: .violet, contacts: CountFacts(1203)),
        LabelFacts(id: id(7002), name: "Espera entrega", color: .amber, contacts: CountFacts(1)),
        LabelFacts(id: id(7003), name: "Mayorista <b>&", color: .teal, contacts: CountFacts(10_000, isMore: true)),
        LabelFacts(id: id(7004), name: "Sin nadie", color: .gray, contacts: CountFacts(0)),
    ]

    static let fields = [
        FieldFacts(
            id: id(7101), key: "nivel", name: "Nivel", kind: .choice, choices: ["Oro", "Plata"],
            contacts: CountFacts(812)),
        FieldFacts(id: id(7102), key: "cumpleanos", name: "Cumpleaños", kind: .date, contacts: CountFacts(1)),
        FieldFacts(id: id(7103), key: "compras", name: "Compras", kind: .number, contacts: CountFacts(40)),
        FieldFacts(id: id(7104), key: "socio", name: "Socio", kind: .yesNo, contacts: CountFacts(0)),
        FieldFacts(id: id(7105), key: "notas", name: "Notas", kind: .text, contacts: CountFacts(3)),
        FieldFacts(
            id: id(7106), key: "fax", name: "Fax", kind: .text, isArchived: true, contacts: CountFacts(2)),
    ]

    static let vocabulary = SegmentVocabulary(
        labels: labels, fields: fields, habits: WritingHabits(region: "ES", language: .spanish))

    static let segments = [
        SegmentFacts(id: id(7201), name: "Clientes de oro callados", conditions: golden),
        SegmentFacts(
            id: id(7202), name: "México, sin consentimiento",
            conditions: SegmentConditions.of(
                .any, .phone(["52"], isSo: true), .consent(.marketing, .notGranted), .state(.blocked, isSo: false))),
    ]

    private static let golden = SegmentConditions.of(
        .all, .label(id(7001), isSo: true), .field(id(7101), .choice, .equals("Oro")),
        .activity(.silent(days: 90)), .number(id(7103), .atLeast(1234.5)), .label(id(9999), isSo: false))

    // MARK: Pages

    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        let context = world.context
        return [
            (
                "labels",
                world.render(
                    LabelsPage(
                        labels, notice: LabelsPage.outcome(of: .deleted, undo: id(7301), in: context), in: context),
                    layout)
            ),
            ("labels-empty", world.render(LabelsPage([], in: context), layout)),
            ("labels-mistake", world.render(LabelsPage(labels, draft: wrongLabel, in: context), layout)),
            ("label-rules", world.render(rulesPage(world), layout)),
            ("label-rules-empty", world.render(LabelRulesPage([], vocabulary, in: context), layout)),
            ("label-rule", world.render(rulePage(world), layout)),
            ("label-rule-mistake", world.render(wrongRule(world), layout)),
            ("fields", world.render(FieldsPage(fields, in: context), layout)),
            ("fields-empty", world.render(FieldsPage([], draft: wrongField, in: context), layout)),
            ("segments", world.render(SegmentsPage(segments, vocabulary, in: context), layout)),
            ("segments-empty", world.render(SegmentsPage([], vocabulary, in: context), layout)),
            ("segment", world.render(segment(world), layout)),
            ("segment-mistake", world.render(wrongSegment(world), layout)),
            ("bulk-form", world.render(bulkForm(world), layout)),
            ("bulk-running", world.render(BulkPage(running, in: context), layout)),
            ("bulk-done", world.render(BulkPage(done, in: context), layout)),
            ("bulk-failed", world.render(BulkPage(failed, in: context), layout)),
            ("bulk-undone", world.render(BulkPage(undone, in: context), layout)),
        ]
    }

    static func fragments(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        let count = SegmentCount(CountFacts(12), sample: ["Lucía"], isPartial: true, in: world.context)
        return [
            ("segment-editor", world.render(segment(world).editor, layout)),
            ("segment-count", world.render(count, layout)),
            (
                "segment-tally",
                world.render(SegmentTally(segments[0].id, CountFacts(31), in: world.context), layout)
            ),
            ("bulk-progress", world.render(BulkProgressView(running, in: world.context), layout)),
            ("contact-details", world.render(ContactDetailsCard(details, in: world.context), layout)),
        ]
    }

    static let wrongLabel = LabelsPage.Draft(
        id: id(7002), name: "cliente vip", color: .pink,
        error: LocalizedText(en: "There is such a label.", es: "Ya existe esa etiqueta."))

    static let wrongField = FieldsPage.Draft(
        name: "Nivel", kind: .choice, choices: "Oro\nOro",
        error: LocalizedText(en: "“Oro” is there twice.", es: "«Oro» está dos veces."))

    static let rules = [
        LabelRuleFacts(
            id: id(7401), name: "Activos <b>&", conditions: .of(.all, .activity(.within(days: 30))), label: id(7001),
            isOn: true, takesOff: true, contacts: CountFacts(1203)),
        LabelRuleFacts(
            id: id(7402), name: "Oro callados", conditions: golden, label: id(7002), isOn: false, takesOff: false,
            contacts: CountFacts(1)),
        LabelRuleFacts(
            id: id(7403), name: "De otra etiqueta", conditions: .of(.all, .label(id(7003), isSo: false)),
            label: id(9999), isOn: true, takesOff: true, isCircular: true, isBroken: true, contacts: CountFacts(0)),
    ]

    static func rulesPage(_ world: SampleWorld) -> LabelRulesPage {
        LabelRulesPage(
            rules, vocabulary, notice: LabelRulesPage.outcome(of: .deleted, undo: id(7301), in: world.context),
            in: world.context)
    }

    static func rulePage(_ world: SampleWorld) -> LabelRulePage {
        let rule = rules[1]
        return LabelRulePage(
            LabelRuleForm(
                segment: SegmentDraft(name: rule.name, rule.conditions, vocabulary), label: "\(rule.label)",
                isOn: rule.isOn, takesOff: rule.takesOff),
            id: rule.id, vocabulary,
            count: SegmentCount(CountFacts(31), sample: ["Lucía Fernández"], in: world.context), in: world.context)
    }

    static func wrongRule(_ world: SampleWorld) -> LabelRulePage {
        var form = LabelRuleForm(segment: SegmentDraft(name: ""), takesOff: true)
        form.segment.nameError = LocalizedText(en: "A name has 1 to 80 characters.", es: "Un nombre tiene de 1 a 80.")
        form.segment.error = LocalizedText(
            en: "The rule would go round in circles.", es: "La regla daría vueltas sin fin.")
        form.labelError = LocalizedText(en: "Choose the label.", es: "Elija la etiqueta.")
        form.segment.top.rows = [.init(subject: "label", test: .hasNot, value: "\(labels[0].id)")]
        return LabelRulePage(
            form, id: nil, SegmentVocabulary(labels: [], fields: [], habits: vocabulary.habits),
            count: SegmentCount(nil, in: world.context), in: world.context)
    }

    static func segment(_ world: SampleWorld) -> SegmentPage {
        SegmentPage(
            SegmentDraft(name: segments[0].name, golden, vocabulary), id: segments[0].id, vocabulary,
            count: SegmentCount(
                CountFacts(1203), sample: ["Lucía Fernández", "Carlos Mendoza"], in: world.context),
            zone: world.context.zone, in: world.context)
    }

    /// Every kind of value, and a group.
    static func wrongSegment(_ world: SampleWorld) -> SegmentPage {
        var draft = SegmentDraft(name: "")
        draft.nameError = LocalizedText(en: "A name has 1 to 80 characters.", es: "Un nombre tiene de 1 a 80.")
        draft.top.rows = [
            .init(subject: "name", test: .contains, error: LocalizedText(en: "Write something.", es: "Escriba algo.")),
            .init(subject: "field:\(fields[1].id)", test: .before, value: "2026-11-26"),
            .init(subject: "field:\(fields[3].id)", test: .equals, value: "yes"),
            .init(subject: "phone", test: .starts, value: "+52"), .init(subject: "language", test: .equals),
            .init(subject: "source", test: .equals, value: "crm"), .init(subject: "state:blocked", test: .has),
            .init(subject: "consent:marketing", test: .double), .init(subject: "field:gone", test: .filled),
        ]
        draft.groups = [.init(match: .any, rows: [.init(subject: "created", test: .within, value: "7")])]
        return SegmentPage(
            draft, id: nil, vocabulary, count: SegmentCount(nil, in: world.context), zone: world.context.zone,
            in: world.context)
    }

    static func bulkForm(_ world: SampleWorld) -> BulkFormPage {
        BulkFormPage(
            BulkAudience(
                .filter(ContactsFilter(segment: segments[0].id), name: segments[0].name), count: CountFacts(1203)),
            draft: .init(action: .setField, value: "x", error: LocalizedText(en: "No number.", es: "No es número.")),
            labels: labels, fields: fields, in: world.context)
    }

    // MARK: Bulk actions

    static var running: BulkFacts {
        var facts = bulk(.running, seen: 500, changed: 480, total: 1203)
        facts.rate = 250
        facts.left = .milliseconds(2812)
        return facts
    }
    static let done = bulk(.done, seen: 1203, changed: 1180, total: 1203, isUndoable: true)
    static let undone = bulk(.undone, seen: 1203, changed: 1180, total: 1203, undone: 1100, kept: 80)
    static var failed: BulkFacts {
        var facts = bulk(.done, seen: 10, changed: 0, total: nil)
        facts.failure = LocalizedText(en: "There is no such label.", es: "No existe esa etiqueta.")
        return facts
    }

    private static func bulk(
        _ state: BulkFacts.State, seen: Int, changed: Int, total: Int?, isUndoable: Bool = false, undone: Int = 0,
        kept: Int = 0
    ) -> BulkFacts {
        BulkFacts(
            id: id(7301), title: LocalizedText(en: "Label “VIP” added", es: "Etiqueta «VIP» agregada"),
            actor: "Ana Rivas", at: ago(.minutes(2)), state: state, seen: seen, changed: changed, total: total,
            undoUntil: SampleWorld.now + .days(90), isUndoable: isUndoable, rows: changed, undoneRows: undone,
            keptRows: kept)
    }

    // MARK: A contact

    static let details = ContactDetailsFacts(
        contact: id(101),
        labels: [LabelFacts(id: id(7001), name: "Cliente VIP", color: .violet, rule: "Activos <b>&"), labels[1]],
        otherLabels: Array(labels.suffix(2)),
        fields: [
            .init(fields[0], value: "Oro"), .init(fields[1], value: "1990-02-28"), .init(fields[2], value: "1234.5"),
            .init(fields[3], value: nil), .init(fields[4], value: "Dos\nlíneas"),
        ],
        states: [.init(.complaint, since: ago(.days(2)), actor: "Ana Rivas", reason: "Pedido roto")],
        habits: vocabulary.habits)
}

extension SegmentConditions {
    /// Conditions of a sample, which are never too many.
    fileprivate static func of(_ match: Match, _ conditions: SegmentCondition...) -> SegmentConditions {
        (try? SegmentConditions(match, conditions.map(Part.condition))) ?? .everybody
    }
}
