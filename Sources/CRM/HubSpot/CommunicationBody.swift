import Domain
import OutboundHTTP

/// The text of a message on HubSpot's timeline: who, which way, what, how far it came, and our marker.
///
/// It is HTML. What people wrote is escaped; the marker is plain visible text, since HubSpot may drop tags, attributes
/// and comments, but not words.
struct CommunicationBody {
    /// HubSpot's texts end at 65,536 characters, and what it counts is the HTML: escaping makes a quote six of them.
    private static let maxLength = 65_536
    /// What links to files take of it at most.
    private static let maxMediaLength = 20_000
    private static let lineBreak = "<br>"
    static let mark = "Puente "
    private static let markerLength = 13

    let activity: Activity
    let language: Language

    var html: String {
        let author = Self.escaped(String(activity.authorName.prefix(200)))
        let head = "\(activity.direction == .inbound ? "←" : "→") \(author): "
        let below = ([""] + mediaLines + ["", footer]).joined(separator: Self.lineBreak)
        let room = Self.maxLength - head.utf16.count - below.utf16.count
        return head + Self.escaped(activity.text, limit: room) + below
    }

    /// The id of the message that a body is of; nil for what others wrote. The last one counts: it is at the end.
    static func marker(in body: String) -> String? {
        guard let start = body.ranges(of: mark).last?.upperBound else { return nil }
        let marker = body[start...].prefix(markerLength)
        return MessageID(String(marker)).map(\.description)
    }

    private var footer: String {
        var parts: [String] = []
        if activity.direction == .outbound {
            let detail = activity.statusDetail.map { ": \(Self.escaped($0[language], limit: 4000))" } ?? ""
            parts.append(activity.status.word[language] + detail)
        }
        if let url = activity.conversationURL.flatMap(Self.link) {
            let label = LocalizedText(en: "Open conversation", es: "Abrir conversación")[language]
            parts.append("<a href=\"\(url)\">\(label)</a>")
        }
        parts.append(Self.mark + activity.puenteID)
        return parts.joined(separator: " · ")
    }

    private var mediaLines: [String] {
        var room = Self.maxMediaLength
        let lines = activity.media.prefix(30).map(mediaLine).prefix { line in
            room -= line.utf16.count + Self.lineBreak.count
            return room >= 0
        }
        return Array(lines)
    }

    private func mediaLine(_ media: ActivityMedia) -> String {
        let name = Self.escaped(String((media.filename ?? media.kind.word[language]).prefix(200)))
        guard let url = Self.link(media.url) else { return "📎 \(name)" }
        return "📎 <a href=\"\(url)\">\(name)</a>"
    }

    /// Nil for anything but a web address: a link must not run code.
    private static func link(_ url: String) -> String? {
        WebAddress(url).map { escaped($0.url) }
    }

    /// The text as HTML, cut where it would be longer than the limit (in UTF-16, as HubSpot counts).
    private static func escaped(_ text: String, limit: Int) -> String {
        var result = ""
        var length = 0
        for character in text {
            let html = escaped(String(character))
            length += html.utf16.count
            guard length < limit else { return result + "…" }
            result += html
        }
        return result
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n": result += lineBreak
            case "\t": result += " "
            default: if character.properties.generalCategory != .control { result.unicodeScalars.append(character) }
            }
        }
        return result
    }
}

extension MessageStatus {
    /// One or two words beside a message.
    var word: LocalizedText {
        switch self {
        case .queued: LocalizedText(en: "queued", es: "en cola")
        case .sending: LocalizedText(en: "sending", es: "enviando")
        case .uncertain: LocalizedText(en: "may have been sent", es: "quizá enviado")
        case .accepted: LocalizedText(en: "accepted by WhatsApp", es: "aceptado por WhatsApp")
        case .sent: LocalizedText(en: "sent", es: "enviado")
        case .delivered: LocalizedText(en: "delivered", es: "entregado")
        case .read: LocalizedText(en: "read", es: "leído")
        case .played: LocalizedText(en: "played", es: "reproducido")
        case .failed: LocalizedText(en: "failed", es: "fallido")
        case .refused: LocalizedText(en: "not sent", es: "no enviado")
        case .received: LocalizedText(en: "received", es: "recibido")
        }
    }
}

extension MediaContent.Kind {
    var word: LocalizedText {
        switch self {
        case .image: LocalizedText(en: "image", es: "imagen")
        case .video: LocalizedText(en: "video", es: "vídeo")
        case .audio: LocalizedText(en: "audio", es: "audio")
        case .document: LocalizedText(en: "document", es: "documento")
        case .sticker: LocalizedText(en: "sticker", es: "sticker")
        }
    }
}
