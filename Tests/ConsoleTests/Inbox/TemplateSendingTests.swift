import Domain
import Store
import Testing

@testable import Console

@Suite struct `Sending a template` {
    @Test func `templates are found by name or text, and the customer's name is filled in`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let id = try await shop.write("Hola", wamid: "w1")

            let all = try await shop.get("/inbox/\(id)?templates=all")
            #expect(all.contains("pedido_listo") && all.contains("saludo"))
            let found = try await shop.get("/inbox/\(id)?templates=all&find=contacto")
            #expect(!found.contains("pedido_listo") && found.contains("saludo"))

            let form = try await shop.get("/inbox/\(id)?templates=all&template=\(template)")
            #expect(form.contains("name=\"body.1\" value=\"Lucía Fernández\""))
            #expect(form.contains("name=\"body.2\" value=\"\""))
            #expect(form.contains("Hola, Lucía Fernández. Su pedido {{2}} llega hoy."))
        }
    }

    @Test func `a missing value is told at its field, and what was typed stays`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let id = try await shop.write("Hola", wamid: "w1")

            let answer = try await shop.post(
                "/inbox/\(id)/messages",
                [("once", "a"), ("template", "\(template)"), ("body.1", "Lucía"), ("body.2", " ")])

            #expect(answer.status == 422)
            #expect(answer.contains("id=\"error-body.2\""))
            #expect(!answer.contains("id=\"error-body.1\""))
            #expect(answer.contains("name=\"body.1\" value=\"Lucía\""))
            #expect(try await shop.outgoing(id).isEmpty)
        }
    }

    @Test func `a value that breaks out of the approved text is told at its field`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let id = try await shop.write("Hola", wamid: "w1")

            let answer = try await shop.post(
                "/inbox/\(id)/messages",
                [("once", "a"), ("template", "\(template)"), ("body.1", "Lucía\nFernández"), ("body.2", "4821")])

            #expect(answer.status == 422)
            #expect(answer.contains("id=\"error-body.1\""))
            #expect(!answer.contains("id=\"error-body.2\""))
        }
    }

    @Test func `goes out also when the window has closed, with the text that the preview showed`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let id = try await shop.write("Hola", wamid: "w1")
            try await shop.wait(.hours(48))
            let fields = [("once", "a"), ("template", "\(template)"), ("body.1", "Lucía"), ("body.2", "<4821>")]

            let preview = try await shop.post("/inbox/\(id)/template-previews", fields, isScript: true)
            #expect(preview.status == 200)
            #expect(preview.contains("Hola, Lucía. Su pedido &lt;4821&gt; llega hoy."))
            #expect(!preview.contains("<html"))
            let page = try await shop.post("/inbox/\(id)/template-previews", fields)
            #expect(page.contains("<html") && page.contains("Hola, Lucía. Su pedido &lt;4821&gt; llega hoy."))
            #expect(try await shop.outgoing(id).isEmpty)

            #expect(try await shop.post("/inbox/\(id)/messages", fields).status == 303)
            let sent = try #require(try await shop.outgoing(id).first)
            #expect(sent.content.plainText == "Hola, Lucía. Su pedido <4821> llega hoy.")
        }
    }

    @Test func `what a value asks of the contact is shown in the preview as it is sent`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let id = try await shop.write("Hola", wamid: "w1")
            let fields = [
                ("once", "a"), ("template", "\(template)"), ("body.1", "{{profile_name|amiga}}"),
                ("body.2", "{{email|4821}}"),
            ]

            let preview = try await shop.post("/inbox/\(id)/template-previews", fields, isScript: true)
            #expect(preview.contains("Hola, Lucía Fernández. Su pedido 4821 llega hoy."))
            let page = try await shop.post("/inbox/\(id)/template-previews", fields)
            #expect(page.contains("Hola, Lucía Fernández. Su pedido 4821 llega hoy."))
            #expect(page.contains("name=\"body.2\" value=\"{{email|4821}}\""), "what was typed stays")

            #expect(try await shop.post("/inbox/\(id)/messages", fields).status == 303)
            let sent = try #require(try await shop.outgoing(id).first)
            #expect(sent.content.plainText == "Hola, Lucía Fernández. Su pedido 4821 llega hoy.")
        }
    }

    @Test func `what nothing is known for stays visible in the preview, and is not sent`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let id = try await shop.write("Hola", wamid: "w1")
            let fields = [("once", "a"), ("template", "\(template)"), ("body.1", "Lucía"), ("body.2", "{{email}}")]

            let preview = try await shop.post("/inbox/\(id)/template-previews", fields, isScript: true)
            #expect(preview.contains("Hola, Lucía. Su pedido {{email}} llega hoy."))

            #expect(try await shop.post("/inbox/\(id)/messages", fields).status != 303)
            #expect(try await shop.outgoing(id).isEmpty)
        }
    }

    @Test func `what cannot be sent is listed with its reason, and not sent`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            func facts(_ status: String, _ category: String = "UTILITY") -> TemplateFacts {
                TemplateFacts(
                    status: status, category: category, header: nil, bodyVariables: [], isNamed: false,
                    buttonSlots: category == "MARKETING" ? [.init(index: 0, subType: "carousel")] : [],
                    bodyText: "Hola", footerText: nil)
            }
            try await shop.store.replaceTemplates(
                [
                    StoredTemplate(
                        metaID: "1", name: "pausada", language: "es", reason: "LOW_QUALITY", facts: facts("PAUSED"),
                        components: "[]"),
                    StoredTemplate(
                        metaID: "2", name: "codigo", language: "es", reason: nil,
                        facts: facts("APPROVED", "AUTHENTICATION"), components: "[]"),
                    StoredTemplate(
                        metaID: "3", name: "carrusel", language: "es", reason: nil,
                        facts: facts("APPROVED", "MARKETING"), components: "[]"),
                ], waba: Shop.wabaID, in: shop.workspace)

            let list = try await shop.get("/inbox/\(id)?templates=all")

            for text in ["Paused by Meta", "LOW_QUALITY", "sent by programs", "cannot send this kind"] {
                #expect(list.contains(text), "\(text)")
            }
            #expect(!list.contains("template=0"))
            for template in try await shop.store.composerTemplates(for: shop.number, in: shop.workspace) {
                let answer = try await shop.post(
                    "/inbox/\(id)/messages", [("once", "\(template.id)"), ("template", "\(template.id)")])
                #expect(answer.status == 422)
            }
            #expect(try await shop.outgoing(id).isEmpty)
        }
    }

    @Test func `a heading's picture is a file that is chosen here`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let facts = TemplateFacts(
                status: "APPROVED", category: "UTILITY", header: .image, bodyVariables: [], isNamed: false,
                buttonSlots: [], bodyText: "Mire su pedido.", footerText: "Ejemplo S.A.")
            try await shop.store.replaceTemplates(
                [
                    StoredTemplate(
                        metaID: "1", name: "catalogo", language: "es", reason: nil, facts: facts, components: "[]")
                ], waba: Shop.wabaID, in: shop.workspace)
            let template = try found(
                await shop.store.composerTemplates(for: shop.number, in: shop.workspace).first
            ).id
            let form = try await shop.get("/inbox/\(id)?templates=all&template=\(template)")
            #expect(form.contains("name=\"file\" type=\"file\" accept=\"image/jpeg,image/png\""))
            #expect(form.contains("enctype=\"multipart/form-data\""))
            let fields = [("once", "a"), ("template", "\(template)"), ("header", "")]

            let none = try await shop.post("/inbox/\(id)/messages", fields)
            let film = try await shop.upload(
                "/inbox/\(id)/messages", fields, file: [1, 2], named: "a.mp4", type: "video/mp4")
            let sent = try await shop.upload(
                "/inbox/\(id)/messages", fields, file: [1, 2, 3], named: "a.png", type: "image/png")

            #expect(none.status == 422 && none.contains("Choose a file, or write its public address."))
            #expect(film.status == 422 && film.contains("takes another kind of file"))
            #expect(sent.status == 303)
            let message = try #require(try await shop.outgoing(id).first)
            guard case .template(let content) = message.content, case .media(let media)? = content.header.first?.value
            else {
                Issue.record("no heading with a file")
                return
            }
            #expect(media.kind == .image && media.link == nil)
            let stored = try #require(media.storedID)
            #expect(try await shop.store.mediaFile(stored, in: shop.workspace)?.size == 3)
            let jobs = try await shop.store.claimSends(shop.grip(.number(shop.number)), limit: 10)
            guard case .needsUpload(stored)? = jobs.first?.state else {
                Issue.record("the heading's file is not brought to Meta first")
                return
            }
        }
    }

    @Test func `a refresh asks Meta now, and says what Meta says`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            #expect(try await shop.get("/inbox/\(id)?templates=all").contains("/inbox/\(id)/template-refreshes"))

            let answer = try await shop.post("/inbox/\(id)/template-refreshes")

            #expect(answer.status == 303)
            #expect(answer.location == "/inbox/\(id)?templates=all")
        }
    }

    @Test func `a template that Meta has paused is not offered, and not sent`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let id = try await shop.write("Hola", wamid: "w1")
            shop.clock.move(.seconds(1))
            try await shop.store.replaceTemplates([], waba: Shop.wabaID, in: shop.workspace)

            #expect(try await shop.get("/inbox/\(id)?templates=all").contains("No template matches."))
            let answer = try await shop.post(
                "/inbox/\(id)/messages",
                [("once", "a"), ("template", "\(template)"), ("body.1", "Lucía"), ("body.2", "4821")])
            #expect(answer.status == 422)
            #expect(try await shop.outgoing(id).isEmpty)
        }
    }
}
