import Domain
import Store
import Testing

@testable import Console

/// The first message of a conversation says who writes, and the pages say so before it is sent.
@Suite struct FirstMessageTests {
    private static let line = "“— Ejemplo S.A.” is added at the end"

    @Test func `the composer tells the line that is added, until the customer knows who writes`() async throws {
        try await Shop.open { shop in
            let conversation = try await shop.write("Hola", wamid: "w1")
            let path = "/inbox/\(conversation)"
            #expect(try await shop.get(path).contains(Self.line))

            #expect(try await shop.post("\(path)/messages", [("text", "Buenas")]).status == 303)

            let sent = try found(await shop.outgoing(conversation).first)
            #expect(sent.content == .text(TextContent(body: "Buenas\n— Ejemplo S.A.")))
            let page = try await shop.get(path)
            #expect(!page.contains(Self.line) && page.contains("— Ejemplo S.A."))
        }
    }

    @Test func `a company words the line, or has none and is told what to write`() async throws {
        try await Shop.open { shop in
            try await shop.store.setSendGateRules(
                SendGateRules(senderLine: "{company} <b>"), in: shop.workspace, by: "Ana")
            let conversation = try await shop.write("Hola", wamid: "w1")
            let path = "/inbox/\(conversation)"
            #expect(try await shop.get(path).contains("“Ejemplo S.A. &lt;b&gt;” is added"))

            try await shop.store.setSendGateRules(
                SendGateRules(addsSenderLine: false), in: shop.workspace, by: "Ana")
            #expect(try await shop.get(path).contains("Write “Ejemplo S.A.” in it"))
            let refused = try await shop.post("\(path)/messages", [("text", "Buenas")])
            #expect(refused.status == 422 && refused.contains("The customer cannot tell yet who writes"))
            #expect(refused.contains(">Buenas</textarea>"))
            #expect(try await shop.outgoing(conversation).isEmpty)
        }
    }

    @Test func `beside the thread stands whether one may write, and promote`() async throws {
        try await Shop.open { shop in
            let conversation = try await shop.write("Hola", wamid: "w1")
            let contact = try await shop.summary(conversation).person.id
            let path = "/inbox/\(conversation)"
            func says(_ texts: String...) async throws {
                let panel = try await shop.get("/fragments/conversations/\(conversation)/contact")
                for text in texts { #expect(panel.contains(text), "\(text)") }
                #expect(panel.contains("href=\"/contacts/\(contact)/consent\""))
                #expect(try await shop.get(path).contains(texts[0]))
            }
            func say(_ change: ConsentEntry.Change) async throws {
                try await shop.store.recordConsent(
                    ConsentEntryDraft(
                        contact: contact, purpose: .marketing, change: change, source: .staff, words: "dijo",
                        at: shop.clock.now, actor: "Ana"), in: shop.workspace)
            }
            try await says("Freely. The window stays open for", "Promotions: no, nobody has said yes.")
            try await say(.granted)
            try await says("Promotions: yes.")
            shop.clock.move(.minutes(1))
            try await say(.withdrawn)
            try await says("Promotions: no, this person wants none.")
            try await shop.wait(.hours(25))
            try await says("By template only.")
            _ = try await shop.store.setState(.blocked, of: contact, reason: "", in: shop.workspace, by: "Ana")
            try await says(
                "This contact is blocked: nothing is sent to them.", "Promotions: no, this contact is blocked.")
        }
    }
}
