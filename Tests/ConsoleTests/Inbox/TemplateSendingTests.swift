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
