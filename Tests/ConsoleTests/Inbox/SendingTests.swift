import Domain
import Foundation
import Pipeline
import Store
import Testing

@testable import Console

@Suite struct `Sending from the inbox` {
    @Test func `a form that comes twice is one message`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let once = try #require(try await shop.get("/inbox/\(id)").field("once"))
            let form = [("once", once), ("expected", "queue"), ("text", "Buenas tardes,\r\n¿en qué le ayudo?")]

            let first = try await shop.post("/inbox/\(id)/messages", form, from: "/inbox/\(id)?view=mine&q=luc")
            let second = try await shop.post("/inbox/\(id)/messages", form)

            #expect(first.status == 303 && second.status == 303)
            #expect(first.location == "/inbox/\(id)?view=mine&q=luc")
            let sent = try await shop.outgoing(id)
            #expect(sent.map(\.content.plainText) == ["Buenas tardes,\n¿en qué le ayudo?\n— Ejemplo S.A."])
            #expect(sent.first?.staff == shop.staff)
        }
    }

    @Test func `a form that was changed after going back is another message`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")

            _ = try await shop.post("/inbox/\(id)/messages", [("once", "a"), ("text", "uno")])
            _ = try await shop.post("/inbox/\(id)/messages", [("once", "a"), ("text", "dos")])

            #expect(try await shop.outgoing(id).map(\.content.plainText) == ["uno\n— Ejemplo S.A.", "dos"])
        }
    }

    @Test func `the first to answer has the conversation`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")

            _ = try await shop.post("/inbox/\(id)/messages", [("once", "a"), ("expected", "queue"), ("text", "Hola")])

            #expect(try await shop.summary(id).owner == .person(shop.staff))
        }
    }

    @Test func `nobody talks over a colleague who took the conversation meanwhile`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let bruno = try await shop.hire("Bruno")
            try await shop.give(id, to: .person(bruno))
            let form = [("once", "a"), ("text", "Le ayudo yo")]

            let refused = try await shop.post("/inbox/\(id)/messages", form + [("expected", "queue")])
            #expect(refused.status == 409)
            #expect(refused.contains("Bruno has this conversation now."))
            #expect(refused.contains(">Le ayudo yo</textarea>"))
            #expect(try await shop.outgoing(id).isEmpty)

            let meant = try await shop.post("/inbox/\(id)/messages", form + [("expected", "person:\(bruno)")])
            #expect(meant.status == 303)
            #expect(try await shop.outgoing(id).count == 1)
        }
    }

    @Test func `after the window has closed a text is refused, kept, and templates are offered`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            try await shop.wait(.hours(25))

            let page = try await shop.get("/inbox/\(id)")
            #expect(page.contains("/inbox/\(id)?templates=all"))
            #expect(!page.contains("name=\"text\""))

            let refused = try await shop.post("/inbox/\(id)/messages", [("once", "a"), ("text", "¿Sigue ahí?")])
            #expect(refused.status == 422)
            #expect(refused.contains("The customer has not written in the last 24 hours"))
            #expect(refused.contains(">¿Sigue ahí?</textarea>"))
            #expect(try await shop.outgoing(id).isEmpty)
        }
    }

    @Test(arguments: [("", "The text is missing"), (String(repeating: "a", count: 4097), "WhatsApp allows 4096")])
    func `a text that WhatsApp would refuse is refused here`(text: String, sentence: String) async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")

            let answer = try await shop.post("/inbox/\(id)/messages", [("once", "a"), ("text", text)])

            #expect(answer.status == 422)
            #expect(answer.contains(sentence))
            #expect(try await shop.outgoing(id).isEmpty)
        }
    }

    @Test func `a form without the session's token changes nothing`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")

            for path in ["messages", "owner", "state", "reads", "template-previews"] {
                let form = [("text", "x"), ("state", "closed"), ("expected", "queue")]
                #expect(try await shop.postForged("/inbox/\(id)/\(path)", form).status == 403, "\(path)")
            }
            #expect(try await shop.outgoing(id).isEmpty)
            #expect(try await !shop.summary(id).isClosed)
        }
    }
}

@Suite struct `Attaching a file` {
    @Test func `the file is kept under its hash and goes with its caption`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")

            let answer = try await shop.upload(
                "/inbox/\(id)/messages", [("once", "a"), ("text", "Su factura")], file: Array("%PDF-1.4".utf8),
                named: "Factura 4821.pdf", type: "application/pdf")

            #expect(answer.status == 303)
            let sent = try #require(try await shop.outgoing(id).first)
            guard case .media(let media) = sent.content else {
                Issue.record("no file was sent")
                return
            }
            #expect(media.kind == .document)
            #expect(media.caption == "Su factura\n— Ejemplo S.A.")
            #expect(media.filename == "Factura 4821.pdf")
            let file = try #require(sent.media)
            #expect(file.size == 8)
            let path = shop.media.file(try #require(file.sha256), in: shop.workspace)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("%PDF-1.4".utf8))
            #expect(try await shop.get("/inbox/\(id)").contains("href=\"/media/\(file.id)\""))
        }
    }

    @Test func `the same form twice is one message, though the file came twice`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            for _ in 0..<2 {
                let answer = try await shop.upload(
                    "/inbox/\(id)/messages", [("once", "a"), ("text", "")], file: [1, 2, 3], named: "a.png",
                    type: "image/png")
                #expect(answer.status == 303)
            }

            #expect(try await shop.outgoing(id).count == 1)
        }
    }

    @Test(arguments: [
        ("application/zip", 10, "WhatsApp does not carry files of this kind"),
        ("text/html", 10, "WhatsApp does not carry files of this kind"),
        ("image/png", (5 << 20) + 1, "WhatsApp takes up to 5 MB"),
    ])
    func `what WhatsApp does not take is refused, and the text stays`(
        type: String, size: Int, sentence: String
    ) async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")

            let answer = try await shop.upload(
                "/inbox/\(id)/messages", [("once", "a"), ("text", "Aquí está")],
                file: Array(repeating: 7, count: size), named: "x", type: type)

            #expect(answer.status == 422)
            #expect(answer.contains(sentence))
            #expect(answer.contains(">Aquí está</textarea>"))
            #expect(try await shop.outgoing(id).isEmpty)
        }
    }
}
