import Domain

/// A message as an internal note on a partner's chatter: silent, since followers are mailed for comments.
/// Source: Odoo, `mail.thread.message_post`, 16 to 19.
struct OdooNote {
    let activity: Activity
    let language: Language

    /// Up to this version Odoo refuses a note whose author has no e-mail address, unless the call names a sender.
    private static let lastWithSender = 18

    /// The sender of notes whose author has no address: nobody is mailed, and nothing can be sent there.
    static let sender = "WhatsApp <whatsapp@puente.invalid>"

    var html: String { "WhatsApp \(CommunicationBody(activity: activity, language: language).html)" }

    /// What `mail.message` keeps as the note's `message_id`: found again by it, with an index.
    static func messageID(_ puenteID: String) -> String { "<\(puenteID)@puente>" }

    /// - Parameters:
    ///   - partner: whose chatter.
    ///   - takesDates: whether this Odoo takes the original time and our id.
    func post(on partner: Int64, majorVersion: Int, takesDates: Bool) -> OdooCall {
        var named = Self.note(html, majorVersion: majorVersion)
        // The customer's own words stand under the customer's name; others' under the bridge's.
        if activity.direction == .inbound {
            named["author_id"] = .integer(partner)
            if majorVersion <= Self.lastWithSender { named["email_from"] = .text(Self.sender) }
        }
        if takesDates {
            named["date"] = .text(OdooTime.text(seconds: activity.at.milliseconds / 1000))
            named["message_id"] = .text(Self.messageID(activity.puenteID))
        }
        return Self.call(partner, named)
    }

    /// A line of ours that is found again by its own id.
    static func line(
        _ html: String, id: String, on partner: Int64, majorVersion: Int, takesDates: Bool
    ) -> OdooCall {
        var named = note(html, majorVersion: majorVersion)
        if takesDates { named["message_id"] = .text(messageID(id)) }
        return call(partner, named)
    }

    private static func note(_ html: String, majorVersion: Int) -> [String: OdooValue] {
        var named: [String: OdooValue] = [
            "body": .text(html), "message_type": "comment", "subtype_xmlid": "mail.mt_note",
        ]
        // Before 17 a body is HTML; from then on it is escaped unless one says so.
        if majorVersion >= 17 { named["body_is_html"] = true }
        return named
    }

    private static func call(_ partner: Int64, _ named: [String: OdooValue]) -> OdooCall {
        OdooCall(
            model: "res.partner", method: "message_post", ids: [partner], named: named,
            context: ["mail_create_nosubscribe": true, "mail_post_autofollow": false], effect: .once)
    }
}
