import Foundation
import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct WebhookRedactionTests {
    /// Meta's own samples, each emptied of whom it is about.
    @Test func `nothing in a webhook names the person who was taken out of it`() throws {
        var count = 0
        for name in try Fixture.names() {
            let people = try Fixture.facts(name).compactMap(\.participants).flatMap { $0 }
            let identifiers = people.flatMap { [$0.waID, $0.userID, $0.parentUserID] }.compactMap(\.self)
                .filter { $0.contains(where: \.isNumber) }  // some samples have placeholders
            guard !identifiers.isEmpty else { continue }
            let body = try Fixture.bytes(name)
            let redacted = try #require(WebhookRedaction(identifiers).applied(to: body), "\(name)")

            let left = try JSONParser.parse(redacted).texts
            for identifier in identifiers {
                #expect(!left.contains(identifier) && !left.contains("+\(identifier)"), "\(name) \(identifier)")
            }
            let named = WebhookDecoder.decode(redacted).updates.compactMap(\.fact.participants).flatMap { $0 }
            #expect(Set(named).isDisjoint(with: people), "\(name)")
            count += 1
        }
        #expect(count > 50)
    }

    @Test func `what is about others stays as it came`() throws {
        let body = Array(
            #"""
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
                "messaging_product":"whatsapp","metadata":{"phone_number_id":"7"},
                "contacts":[{"wa_id":"5215512345678","profile":{"name":"Lucía"}},{"wa_id":"34600111222"}],
                "messages":[
                    {"from":"5215512345678","id":"wamid.A","text":{"body":"uno"}},
                    {"from":"34600111222","id":"wamid.B","text":{"body":"5215512345678"}}
                ]}}]}]}
            """#.utf8)

        let redacted = try #require(WebhookRedaction(["5215512345678"]).applied(to: body))

        let text = String(decoding: redacted, as: UTF8.self)
        #expect(!text.contains("Lucía") && !text.contains("wamid.A"))
        #expect(text.contains("wamid.B") && text.contains("34600111222") && text.contains("phone_number_id"))
        #expect(WebhookRedaction(["34699999999"]).applied(to: body) == nil)
        #expect(WebhookRedaction(["34699999999"]).applied(to: redacted) == nil)
    }

    @Test func `of what nobody can read nothing is left`() {
        #expect(WebhookRedaction(["5215512345678"]).applied(to: Array("{\"5215512345678".utf8)) == Array("{}".utf8))
    }
}

extension JSON {
    /// All texts and numbers in it.
    fileprivate var texts: Set<String> {
        switch self {
        case .object(let members): members.reduce(into: []) { $0.formUnion($1.value.texts) }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.texts) }
        case .string, .number: text.map { [$0] } ?? []
        case .null, .bool: []
        }
    }
}

extension Update.Fact {
    /// Whom it is about, where it says so.
    fileprivate var participants: [Participant]? {
        switch self {
        case .message(let message): [message.participant]
        case .status(let status): [status.recipient]
        case .identityChange(let change): [change.previous, change.current]
        case .preference(let preference): [preference.participant]
        case .edit, .revocation, .template, .notice, .unrouted: nil
        }
    }
}
