import Domain

@testable import Console

/// Consent in each of its looks.
enum ConsentSamples {
    static let sender = SenderName(["Ejemplo S.A."])

    static func entry(
        _ number: Int64, _ change: ConsentEntry.Change, _ source: ConsentSource, isDouble: Bool = false,
        words: String = "", ago age: Duration, purpose: ConsentPurpose = .marketing,
        evidence: ConsentEvidence = ConsentEvidence()
    ) -> ConsentEntry {
        ConsentEntry(
            id: id(7000 + number), purpose: purpose, change: change, isDouble: isDouble, source: source, words: words,
            at: ago(age), recordedAt: ago(age) + .hours(2), actor: "Ana Rivas", evidence: evidence)
    }

    static let entries: [ConsentEntry] = [
        entry(
            1, .granted, .optIn, isDouble: true,
            words: "Ejemplo S.A.: ¿quiere recibir ofertas?\n▸ Sí, quiero\n▸ No, gracias", ago: .hours(2),
            evidence: ConsentEvidence(
                wamid: "wamid.HBgNNTIx", question: "wamid.HBgOTk5", optIn: id(7500), button: "puente.opt_in.x.yes",
                buttonTitle: "Sí, quiero")),
        entry(2, .requested, .message, words: "ALTA", ago: .hours(3)),
        entry(3, .withdrawn, .message, words: "¡BAJA! 🙏", ago: .days(2), evidence: ConsentEvidence(wamid: "wamid.2")),
        entry(4, .withdrawn, .meta, ago: .days(3), evidence: ConsentEvidence(code: "131050")),
        entry(
            5, .granted, .import, words: "Acepto", ago: .days(300),
            evidence: ConsentEvidence(file: "clientes \"2026\".xlsx", line: 18, change: id(7600))),
        entry(6, .granted, .staff, words: "Por teléfono", ago: .days(310), purpose: .utility),
        entry(7, .granted, .form, ago: .days(311)), entry(8, .granted, .crm, ago: .days(312)),
        entry(9, .granted, .api, ago: .days(313), evidence: ConsentEvidence(reference: "https://ejemplo.example/alta")),
        entry(10, .withdrawn, .merge, ago: .days(314)),
    ]

    static func standing(
        _ word: ConsentStanding.Word?, isDouble: Bool = false, isBlocked: Bool = false
    ) -> RecipientStanding {
        var standing = RecipientStanding(isBlocked: isBlocked, hasComplaint: isBlocked, isDoNotCall: isBlocked)
        standing.consent[.marketing] = word.map {
            ConsentStanding(word: $0, isDouble: isDouble, since: ago(.hours(2)), entry: id(7001))
        }
        return standing
    }

    static func question(_ state: OptInState, _ number: Int64) -> ConsentFacts.Question {
        ConsentFacts.Question(
            state: state, words: "Ejemplo S.A.: ¿quiere recibir ofertas?\n▸ Sí, quiero\n▸ No, gracias",
            actor: "Ana Rivas", askedAt: ago(.hours(3)),
            remindAt: state == .waiting ? SampleWorld.now + .hours(17) : nil,
            remindedAt: state == .expired ? ago(.hours(1)) : nil, expiresAt: SampleWorld.now + .hours(69),
            answeredAt: state == .granted || state == .declined ? ago(.hours(2)) : nil, conversation: id(1))
    }

    static func facts(_ standing: RecipientStanding, refusal: OptInRefusal? = nil) -> ConsentFacts {
        ConsentFacts(
            person: InboxSamples.lucia, standing: standing, entries: entries,
            questions: OptInState.allCases.enumerated().map { question($0.element, Int64($0.offset)) },
            askRefusal: refusal)
    }

    static let verdict = VerdictFacts(
        numbers: [.init(id: id(11), name: "+1 555-078-3881"), .init(id: id(12), name: "+34 600 000 002")],
        number: id(11), answer: .senderNotNamed,
        templates: [
            .init(id: id(901), name: "pedido_en_camino", language: "es", category: "UTILITY"),
            .init(
                id: id(902), name: "oferta_temporada", language: "es", category: "MARKETING",
                refusal: .marketingWithoutConsent),
            .init(
                id: id(903), name: "sin_nombre", language: "es", category: "UTILITY", refusal: .templateWithoutSender),
            .init(id: id(904), name: "permiso_ofertas", language: "es", category: "UTILITY", canAsk: true),
            .init(id: id(905), name: "vieja", language: "es", category: "LEGACY", refusal: .marketingWithdrawn),
        ], sender: sender)

    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        let unsaid = ConsentFacts(
            person: PersonFacts(id: id(99), phone: "+52 55 0000 0009"), standing: .stranger, entries: [])
        let wrong = ConsentDraft(
            purpose: .utility, change: .withdrawn, source: .form, words: "<b>no</b>", date: "2026-11-01",
            error: LocalizedText(en: "Write the words.", es: "Escriba las palabras."))
        var closed = verdict
        closed.answer = .windowClosed
        closed.templates = []
        func page(
            _ facts: ConsentFacts, _ verdict: VerdictFacts?, selected: TemplateID? = nil,
            draft: ConsentDraft = .init(), askError: LocalizedText? = nil, notice: OutcomeNotice? = nil
        ) -> String {
            world.render(
                ContactConsentPage(
                    facts, verdict: verdict, selected: selected, draft: draft, askError: askError, notice: notice,
                    in: world.context), layout)
        }
        return [
            (
                "consent",
                page(
                    facts(standing(.granted, isDouble: true), refusal: .confirmed), verdict, selected: id(902),
                    notice: ContactConsentPage.outcome(of: .entries, in: world.context))
            ),
            ("consent-withdrawn", page(facts(standing(.withdrawn), refusal: .withdrawn), verdict)),
            ("consent-granted", page(facts(standing(.granted)), verdict, selected: id(901))),
            ("consent-blocked", page(facts(standing(nil, isBlocked: true)), closed)),
            ("consent-nothing", page(unsaid, nil)),
            (
                "consent-mistake",
                page(unsaid, verdict, draft: wrong, askError: SendRefusal.contactBlocked.sentence)
            ),
            (
                "consent-proof",
                world.render(
                    ConsentProofPage(
                        facts(standing(.granted, isDouble: true)), company: "Ejemplo S.A.", reader: "Ana Rivas",
                        in: world.context), layout)
            ),
            (
                "consent-proof-file",
                world.render(
                    ConsentProofFile(
                        ConsentProofPage(
                            facts(standing(.granted, isDouble: true)), company: "Ejemplo S.A.", reader: "web-shop",
                            in: world.context)), layout)
            ),
            (
                "consent-proof-empty",
                world.render(
                    ConsentProofPage(unsaid, company: "Ejemplo S.A.", reader: "Ana Rivas", in: world.context), layout)
            ),
        ] + settingsPages(world)
    }

    private static func settingsPages(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        var settings = ConsentSettings(
            withdrawalWords: ["Fuera", "Ya no más"], startWords: ["Quiero"], reminderHours: nil, asksOnStart: false)
        settings.texts[.spanish] = .standard(.spanish)
        let rules = SendGateRules(marketingNeedsProof: true, namesInEveryConversation: true)
        let people = [
            UnconfirmedFacts(person: InboxSamples.lucia, standing: .granted),
            UnconfirmedFacts(person: InboxSamples.person(120, "<i>Ó</i>", "+52 1"), standing: .withdrawn),
            UnconfirmedFacts(person: PersonFacts(id: id(99), phone: "+52 55 0000 0009"), standing: nil),
            UnconfirmedFacts(person: PersonFacts(id: id(98)), standing: nil, isAsked: true),
        ]
        func page(
            _ draft: ConsentSettingsPage.Draft, _ people: [UnconfirmedFacts], customers: Int = 12_481,
            isAdmin: Bool = true, notice: OutcomeNotice? = nil
        ) -> String {
            world.render(
                ConsentSettingsPage(
                    draft,
                    coverage: ConsentCoverageFacts(
                        customers: customers, double: 3, single: 2, withdrawn: 1, unreachable: 4),
                    people: people, older: people.isEmpty ? nil : "5.5", isAdmin: isAdmin, notice: notice,
                    in: world.context), layout)
        }
        let plain = ConsentSettingsPage.Draft(settings: ConsentSettings(), rules: SendGateRules())
        let problem = LocalizedText(en: "It cannot work.", es: "No puede funcionar.")
        func wrong(_ command: ConsentSettingsPage.Command) -> ConsentSettingsPage.Draft {
            ConsentSettingsPage.Draft(
                settings: settings, rules: rules, problem: .init(command, problem), language: .spanish)
        }
        return [
            (
                "consent-settings",
                page(plain, people, notice: ConsentSettingsPage.outcome(of: .texts, in: world.context))
            ),
            ("consent-settings-agent", page(plain, [], customers: 0, isAdmin: false)),
            ("consent-settings-words", page(wrong(.words), people)),
            ("consent-settings-texts", page(wrong(.texts), people)),
            ("consent-settings-rules", page(wrong(.rules), people)),
        ]
    }
}
