import Domain
import Store
import Testing

@testable import Console

/// Writing to somebody with whom there is no conversation yet.
@Suite struct ContactWritingTests {
    private func sol(_ shop: Shop) async throws -> ContactID {
        let outcome = try await shop.store.createContact(
            ContactDraft(name: "Sol <Ruiz>", addresses: [.init(.phone, "5215544443333")]), by: "Ana",
            in: shop.workspace)
        guard case .saved(_, let contact, _) = outcome else { throw Shop.Missing() }
        return contact
    }

    @Test func `a template begins the conversation, which is in the inbox at once`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let contact = try await sol(shop)
            let path = "/contacts/\(contact)/writing"
            #expect(try await shop.get("/contacts/\(contact)").contains("href=\"\(path)\""))

            let choosing = try await shop.get(path)
            #expect(choosing.status == 200 && choosing.contains("Write to Sol &lt;Ruiz&gt;"))
            #expect(choosing.contains("pedido_listo") && !choosing.contains("id=\"message-text\""))
            let filling = try await shop.get("\(path)?number=\(shop.number)&templates=all&template=\(template)")
            let action = "\(path)/messages?number=\(shop.number)"
            #expect(filling.contains("action=\"\(action)\""))
            #expect(try await shop.store.conversations(ConversationQuery(), in: shop.workspace).items.isEmpty)

            let missing = try await shop.post(action, [("template", "\(template)"), ("body.1", "Sol"), ("once", "o1")])
            #expect(missing.status == 422 && missing.contains("value=\"Sol\""))
            let fields = [("template", "\(template)"), ("body.1", "Sol"), ("body.2", "4821"), ("once", "o2")]
            let sent = try await shop.post(action, fields)
            // The same form once more is the same message.
            let again = try await shop.post(action, fields)

            let conversation = try found(
                await shop.store.conversations(ConversationQuery(), in: shop.workspace).items.first)
            #expect(sent.status == 303 && sent.location == "/inbox/\(conversation.id)")
            #expect(again.location == sent.location)
            #expect(
                try await shop.outgoing(conversation.id).map(\.content.plainText) == [
                    "Hola, Sol. Su pedido 4821 llega hoy."
                ])
            #expect(try await shop.get("/inbox").contains("Sol &lt;Ruiz&gt;"))
            // From now on there is a composer in the inbox.
            #expect(try await shop.get(path).location == "/inbox/\(conversation.id)")
        }
    }

    @Test func `somebody without a phone is written to at their user id`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let conversation = try await shop.write(
                "Hola", wamid: "w1", from: Participant(userID: "MX.77", profileName: "Inés"))
            let contact = try await shop.summary(conversation).person.id
            _ = try await shop.store.close(conversation, in: shop.workspace, expecting: .any, by: "Ana")
            let path = "/contacts/\(contact)/writing"
            #expect(try await shop.get(path).status == 200)
            let sent = try await shop.post(
                "\(path)/messages?number=\(shop.number)",
                [("template", "\(template)"), ("body.1", "Inés"), ("body.2", "1")])
            #expect(sent.status == 303 && sent.location != "/inbox/\(conversation)")
            let jobs = try await shop.store.claimSends(shop.grip(.number(shop.number)), limit: 10)
            guard case .permitted(_, let recipient)? = jobs.first?.state else {
                Issue.record("not permitted: \(jobs)")
                return
            }
            #expect(recipient == .userID("MX.77"))
        }
    }

    @Test func `what the gate would refuse is not offered, with the reason`() async throws {
        try await Shop.open { shop in
            let template = try await shop.addTemplates()
            let outcome = try await shop.store.createContact(
                ContactDraft(name: "Eva", addresses: [.init(.email, "eva@ejemplo.mx")]), by: "Ana", in: shop.workspace)
            guard case .saved(_, let contact, _) = outcome else { throw Shop.Missing() }
            let path = "/contacts/\(contact)/writing"
            let page = try await shop.get(path)
            #expect(page.contains("has neither a phone number nor a WhatsApp user id"))
            #expect(!page.contains("template=\(template)"))
            let forced = try await shop.post(
                "\(path)/messages?number=\(shop.number)",
                [("template", "\(template)"), ("body.1", "Eva"), ("body.2", "1")])
            #expect(forced.status == 422)
            #expect(try await shop.store.conversations(ConversationQuery(), in: shop.workspace).items.isEmpty)
        }
    }

    @Test func `nobody else's contacts, and no number that is not there`() async throws {
        try await Shop.open { shop in
            let contact = try await sol(shop)
            let path = "/contacts/\(contact)/writing"
            #expect(try await shop.getAsStranger(path).status == 303)
            #expect(try await shop.get(path, session: shop.sessionElsewhere()).status == 404)
            #expect(try await shop.get("/contacts/0000000000001/writing").status == 404)
            #expect(try await shop.get("\(path)?number=0000000000001").status == 404)
            #expect(try await shop.get("\(path)?number=x").status == 200)
        }
    }
}
