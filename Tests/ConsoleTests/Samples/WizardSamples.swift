import Domain
import Pipeline

@testable import Console

/// A CRM that is being connected, and what comes of it.
enum WizardSamples {
    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        let context = world.context
        let head = ConnectionHeadFacts(id: id(8201), slug: "odoo", name: "Odoo <b>", conflicts: 0)
        let new = ConnectorKind.allCases.map { kind in
            ("wizard-\(kind.rawValue)", world.render(WizardPage(facts(kind), in: context), layout))
        }
        return new + [
            ("wizard-kinds", world.render(WizardKindsPage(in: context), layout)),
            ("wizard-mistake", world.render(WizardPage(mistake, in: context), layout)),
            ("wizard-tried", world.render(WizardPage(tried(.passed), in: context), layout)),
            ("wizard-failed", world.render(WizardPage(tried(.failed), in: context), layout)),
            ("wizard-change", world.render(WizardPage(change(head), in: context), layout)),
            ("wizard-change-off", world.render(WizardPage(change(head, isOn: false), in: context), layout)),
            ("wizard-made", world.render(WizardMadePage(odoo, id: id(8201), in: context), layout)),
            ("wizard-made-refused", world.render(WizardMadePage(tried(.failed), id: id(8201), in: context), layout)),
            (
                "wizard-made-unreachable",
                world.render(WizardMadePage(WizardFacts(.own, name: "own"), id: id(8202), in: context), layout)
            ),
            ("wizard-provisioned", world.render(WizardProvisionedPage(head, in: context), layout)),
        ]
    }

    private static func facts(_ kind: ConnectorKind) -> WizardFacts {
        var facts = WizardFacts(kind, name: kind.rawValue)
        facts.publicURL = "https://puente.ejemplo.mx"
        if kind == .own { facts.values[.secret] = "whsec_p6enp6enp6enp6enp6enp6enp6enp6en" }
        return facts
    }

    private static var odoo: WizardFacts {
        var facts = facts(.odoo)
        facts.values = [
            .baseURL: "https://ejemplo.odoo.com/?a=<b>", .token: "key-1", .webhookSecret: "0123456789abcdef",
        ]
        return facts
    }

    private static var mistake: WizardFacts {
        var facts = odoo
        facts.problems = [.baseURL: LocalizedText(en: "This is no web address <b>.", es: "No es una dirección <b>.")]
        facts.nameProblem = LocalizedText(en: "It is taken.", es: "Ya existe.")
        return facts
    }

    private static func tried(_ state: ConnectionTrialStep.State) -> WizardFacts {
        var facts = odoo
        facts.trial = [
            ConnectionTrialStep(
                title: LocalizedText(en: "Address", es: "Dirección"), state: .passed, detail: .same("Odoo 19.0")),
            ConnectionTrialStep(
                title: LocalizedText(en: "Fields", es: "Campos"), state: .warned,
                detail: LocalizedText(en: "Two are missing <b>.", es: "Faltan dos <b>.")),
            ConnectionTrialStep(
                title: LocalizedText(en: "Limits", es: "Límites"), state: state,
                detail: LocalizedText(en: "As usual.", es: "Como siempre.")),
        ]
        return facts
    }

    private static func change(_ head: ConnectionHeadFacts, isOn: Bool = true) -> WizardFacts {
        var facts = WizardFacts(.odoo, connection: head, name: "odoo")
        facts.values = [.baseURL: "https://ejemplo.odoo.com", .database: "ejemplo"]
        facts.kept = [.token, .webhookSecret]
        facts.version = "0a1b2c"
        facts.isOn = isOn
        facts.error = isOn ? nil : LocalizedText(en: "Somebody else changed it.", es: "Otra persona lo cambió.")
        return facts
    }
}
