import Domain
import OutboundHTTP

/// The text of a message as a note of its contact: who, which way, what, how far it came, and our marker. Plain text.
struct ZohoNoteText {
    /// Zoho says 65,535 today and said 32,000 before: the smaller one is kept to.
    static let maxLength = 32_000
    static let maxTitle = 120
    /// What links to files take of it at most.
    private static let maxMediaLength = 8000

    let activity: Activity
    let language: Language

    var title: String {
        Self.cut("WhatsApp \(arrow) \(Self.plain(activity.authorName))", Self.maxTitle)
    }

    var text: String {
        let head = "\(arrow) \(Self.cut(Self.plain(activity.authorName), 200)): "
        let below = (mediaLines + ["", footer]).map { "\n\($0)" }.joined()
        let room = Self.maxLength - head.unicodeScalars.count - below.unicodeScalars.count
        return head + Self.cut(Self.plain(activity.text), room) + below
    }

    /// One word, and why where it failed.
    var status: String {
        let detail = activity.statusDetail.map { ": \($0[language])" } ?? ""
        return Self.plain(activity.status.word[language] + detail)
    }

    private var arrow: String { activity.direction == .inbound ? "←" : "→" }

    private var footer: String {
        var parts: [String] = []
        if activity.direction == .outbound { parts.append(Self.cut(status, 4000)) }
        if let url = activity.conversationURL.flatMap({ WebAddress($0)?.url }) { parts.append(url) }
        parts.append(CommunicationBody.mark + activity.puenteID)
        return parts.joined(separator: " · ")
    }

    private var mediaLines: [String] {
        var room = Self.maxMediaLength
        let lines = activity.media.prefix(30).map { media in
            let name = Self.cut(Self.plain(media.filename ?? media.kind.word[language]), 200)
            return "📎 \(name)" + (WebAddress(media.url).map { ": \($0.url)" } ?? "")
        }
        return Array(
            lines.prefix { line in
                room -= line.unicodeScalars.count + 1
                return room >= 0
            })
    }

    /// Cut on the border of what people see as a character, with a mark that it was. One may be several of Zoho's.
    static func cut(_ text: String, _ limit: Int) -> String {
        guard text.unicodeScalars.count > limit else { return text }
        var result = ""
        var length = 1
        for character in text {
            length += character.unicodeScalars.count
            guard length <= limit else { break }
            result.append(character)
        }
        return result + "…"
    }

    /// Without control characters other than line breaks.
    static func plain(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control })
    }
}
