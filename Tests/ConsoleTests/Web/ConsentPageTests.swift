import Domain
import Store
import Testing

@testable import Console

@Suite struct `The pages about consent` {
    /// Lucía has written; there is a notice and a promotion.
    private func prepared(_ shop: Shop) async throws -> ContactID {
        func template(_ name: String, _ category: String) throws -> StoredTemplate {
            try StoredTemplate(
                metaID: name, name: name, language: "es", reason: nil,
                facts: TemplateFacts(
                    status: "APPROVED", category: category, header: nil, bodyVariables: [], isNamed: false,
                    buttonSlots: [], bodyText: "Hola", footerText: "Ejemplo S.A."), components: "[]")
        }
        try await shop.store.replaceTemplates(
            [template("aviso", "UTILITY"), template("oferta", "MARKETING")], waba: Shop.wabaID, in: shop.workspace)
        let conversation = try await shop.write("Hola", wamid: "w1")
        return try await shop.summary(conversation).person.id
    }

    private func template(_ name: String, _ shop: Shop) async throws -> TemplateID {
        try found(await shop.store.templates(in: shop.workspace).items.first { $0.name == name }).id
    }

    @Test func `say of each template whether it may be sent, and why not`() async throws {
        try await Shop.open { shop in
            let contact = try await prepared(shop)
            let path = "/contacts/\(contact)/consent"
            let (notice, offer) = (try await template("aviso", shop), try await template("oferta", shop))

            let plain = try await shop.get(path)
            #expect(plain.status == 200 && plain.contains("Consent of Lucía Fernández"))
            #expect(plain.contains("Answers and notices only") && plain.contains("Nobody has said anything yet."))
            #expect(plain.contains("All templates: 1 of 2 may be sent"))
            #expect(try await shop.get("\(path)?template=\(notice)").contains("Yes, it may be sent."))
            #expect(
                try await shop.get("\(path)?template=\(offer)").contains(
                    "This person has not agreed to promotions, and this template is one."))
            #expect(try await shop.get("/contacts/0000000000001/consent").status == 404)
            #expect(try await shop.getAsStranger(path).status == 303)
        }
    }

    @Test func `keep what somebody was told, with the words, and the promotion may leave`() async throws {
        try await Shop.open { shop in
            let contact = try await prepared(shop)
            let path = "/contacts/\(contact)/consent"
            let fields = [("purpose", "marketing"), ("change", "granted"), ("source", "staff")]

            let wordless = try await shop.post("\(path)/entries", fields + [("words", "  "), ("date", "")])
            #expect(wordless.status == 422 && wordless.contains("Write the words that the person was shown or said."))
            for date in ["2026-02-31", "2999-01-01", "ayer"] {
                let wrong = try await shop.post("\(path)/entries", fields + [("words", "<b>Sí</b>"), ("date", date)])
                #expect(wrong.status == 422 && wrong.contains("This is no date, or it lies ahead."), "\(date)")
                #expect(wrong.contains("&lt;b&gt;Sí&lt;/b&gt;"))
            }
            let kept = try await shop.post(
                "\(path)/entries", fields + [("words", "Sí, mándeme ofertas"), ("date", "")])
            #expect(kept.status == 303 && kept.location == path)

            let page = try await shop.get(path)
            #expect(page.contains("Promotions too") && page.contains("told to Ana Rivas"))
            #expect(page.contains("All templates: 2 of 2 may be sent"))
            let proof = try await shop.get("\(path)/proof")
            for text in ["Proof of consent: Lucía Fernández", "Sí, mándeme ofertas", "Ejemplo S.A.", "+52"] {
                #expect(proof.contains(text), "\(text)")
            }
            #expect(!proof.contains("class=\"rail\""))
        }
    }

    @Test func `stand in the audit trail, whoever looks at one or prints the proof`() async throws {
        for page in ["", "/proof"] {
            try await Shop.open { shop in
                let contact = try await prepared(shop)

                #expect(try await shop.get("/contacts/\(contact)/consent\(page)").status == 200)

                let seen = try await shop.store.audit(AuditQuery(kind: .seen), in: shop.workspace).items
                #expect(seen.map(\.subject) == [contact.rawValue], "\(page)")
            }
        }
    }

    @Test func `ask for consent by buttons, and not twice`() async throws {
        try await Shop.open { shop in
            let contact = try await prepared(shop)
            let path = "/contacts/\(contact)/consent"
            #expect(try await shop.post("\(path)/questions", [("template", "")]).status == 303)
            #expect(try await shop.get(path).contains("Waiting"))
            let again = try await shop.post("\(path)/questions", [("template", "")])
            #expect(again.status == 422 && again.contains("the question still waits for its answer"))
            let jobs = try await shop.store.claimSends(shop.grip(.number(shop.number)), limit: 10)
            #expect(jobs.map(\.content.kind) == [.interactive])
            #expect(try await shop.postForged("\(path)/questions", [("template", "")]).status == 403)
        }
    }

    @Test func `let administrators change words, texts and rules, and nobody else`() async throws {
        try await Shop.open { shop in
            _ = try await prepared(shop)
            let words = [("withdrawals", "Fuera\r\n \r\nYa no más"), ("starts", "")]
            #expect(try await shop.get("/consent").contains("Customers without double opt-in"))
            #expect(try await shop.post("/consent/words", words).status == 403)
            try await shop.store.setRole(.admin, of: shop.staff, in: shop.workspace)

            #expect(try await shop.post("/consent/words", words).status == 303)
            let settings = try await shop.store.consentSettings(in: shop.workspace)
            #expect(settings.withdrawalWords == ["Fuera", "Ya no más"])
            let wrong = try await shop.post("/consent/words", [("withdrawals", "!"), ("starts", "")])
            #expect(
                wrong.status == 422 && wrong.contains("write at least two letters") && wrong.contains(">!</textarea>"))

            let texts = [
                ("language", "es"), ("confirmation", "Listo"), ("question", "{company}: ¿ofertas?"), ("yes", "Sí"),
                ("no", "No"), ("reminder", "{company}: ¿ofertas?"), ("thanks", "{company}: gracias"),
            ]
            let nameless = try await shop.post("/consent/texts", texts)
            #expect(nameless.status == 422 && nameless.contains("Each text says who writes"))
            #expect(nameless.contains(" id=\"texts-es\" open>"))
            let named = texts.map { ($0.0, $0.0 == "confirmation" ? "Listo, {company}" : $0.1) }
            #expect(try await shop.post("/consent/texts", named).status == 303)
            #expect(try await shop.get("/consent?language=es").contains("Listo, {company}"))
            #expect(try await shop.post("/consent/texts/resets", [("language", "es")]).status == 303)
            #expect(try await shop.store.consentSettings(in: shop.workspace).texts.isEmpty)

            let line = [("adds_line", "yes"), ("sender_line", "— {company}")]
            let rules = [("question_hours", "48"), ("reminder_hours", ""), ("needs_proof", "yes")] + line
            #expect(try await shop.post("/consent/rules", rules).status == 303)
            #expect(try await shop.store.sendGateRules(in: shop.workspace).marketingNeedsProof)
            #expect(try await shop.store.consentSettings(in: shop.workspace).reminderHours == nil)
            let late = try await shop.post("/consent/rules", [("question_hours", "x"), ("reminder_hours", "5")] + line)
            #expect(late.status == 422 && late.contains("A question may wait from 1 hour"))
        }
    }

    @Test func `the composer shows why a promotion is not offered to this person`() async throws {
        try await Shop.open { shop in
            _ = try await prepared(shop)
            let conversation = try found(
                await shop.store.conversations(ConversationQuery(), in: shop.workspace).items.first
            ).id
            let offer = try await template("oferta", shop)
            let list = try await shop.get("/inbox/\(conversation)?templates=all")
            #expect(list.contains("This person has not agreed to promotions"))
            #expect(!list.contains("template=\(offer)"))
        }
    }
}
