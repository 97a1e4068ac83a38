import Domain
import PhoneNumbers

/// The body of `POST /api/v1/messages`, read but not yet looked up.
struct MessageDraft: Sendable {
    enum Target: Sendable {
        case address(Recipient)
        case contact(ContactID)
        case conversation(ConversationID)
    }

    let target: Target
    /// A number's id or its name in the configuration.
    let from: String?
    let content: MessageContent
    let replyTo: MessageID?

    /// - Parameter region: of phone numbers without a country code.
    static func read(_ body: BodyObject, region: String) -> MessageDraft? {
        body.allow("to", "from", "content", "reply_to")
        let target = body.object("to").flatMap { Self.target($0, region: region) }
        let from = body.optionalText("from", 1...64)
        let replyTo: MessageID? = body.optionalID("reply_to")
        if case .conversation = target, from != nil {
            body.note(
                "from", en: "a conversation has its number already", es: "una conversación ya tiene su número")
        }
        guard let content = body.object("content").flatMap(ContentReader.content), let target else { return nil }
        return MessageDraft(target: target, from: from, content: content, replyTo: replyTo)
    }

    private static func target(_ to: BodyObject, region: String) -> Target? {
        let ways = ["phone", "user_id", "contact", "conversation"]
        to.allow("phone", "user_id", "contact", "conversation")
        guard ways.count(where: to.has) == 1 else {
            let list = ways.joined(separator: ", ")
            to.problems.add(
                to.pointer, en: "name exactly one of: \(list)", es: "indique exactamente uno de: \(list)")
            return nil
        }
        if to.has("contact") { return to.id("contact").map(Target.contact) }
        if to.has("conversation") { return to.id("conversation").map(Target.conversation) }
        if to.has("user_id") { return to.text("user_id", 1...150).map { .address(.userID($0)) } }
        return phone("phone", of: to, region: region).map { .address(.phone($0)) }
    }

    /// Digits in international form; possible but not valid numbers pass, since what is known of them ages.
    static func phone(_ name: String, of body: BodyObject, region: String) -> String? {
        guard let text = body.text(name, 1...40) else { return nil }
        do {
            return try PhoneNumber(text, region: region).digits
        } catch {
            body.note(name, error.message)
            return nil
        }
    }
}
