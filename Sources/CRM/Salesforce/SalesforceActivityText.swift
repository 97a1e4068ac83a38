import Domain
import OutboundHTTP

/// A message as people read it in Salesforce, without markup.
struct SalesforceActivityText {
    /// Of a task's subject.
    private static let maxSubject = 255
    /// Of a task's description; the text field of our own object has some more.
    private static let maxText = 32_000

    let activity: Activity
    let language: Language

    /// The text and what belongs to it, one a line.
    var text: String {
        let below = (mediaLines + [statusLine].compactMap(\.self)).joined(separator: "\n")
        guard !below.isEmpty else { return PlainText.cut(activity.text, to: Self.maxText) }
        let room = max(1, Self.maxText - below.utf16.count - 2)
        return PlainText.cut(activity.text, to: room) + "\n\n" + PlainText.cut(below, to: Self.maxText / 2)
    }

    /// The same for a task, with the way into our console below.
    var description: String {
        guard let url = activity.conversationURL.flatMap({ WebAddress($0) })?.url else { return text }
        return PlainText.cut(text, to: Self.maxText - url.utf16.count - 1) + "\n" + url
    }

    /// `WhatsApp ← Ana: first words · Puente 0ABC…`: the marker at the end is what the task is found by.
    var subject: String {
        let arrow = activity.direction == .inbound ? "←" : "→"
        let marker = " · \(CommunicationBody.mark)\(activity.puenteID)"
        let words = activity.text.split(whereSeparator: \.isWhitespace).prefix(20).joined(separator: " ")
        let author = PlainText.cut(activity.authorName, to: 60)
        let head = "\(Self.subjectStart)\(arrow) \(author): \(words)"
        return PlainText.cut(head, to: Self.maxSubject - marker.utf16.count) + marker
    }

    /// What all subjects of ours begin with.
    static let subjectStart = "WhatsApp "

    /// What became of it and why, for messages of the company.
    var statusLine: String? {
        guard activity.direction == .outbound else { return nil }
        let detail = activity.statusDetail.map { ": \($0[language])" } ?? ""
        return activity.status.word[language] + detail
    }

    var firstMediaURL: String? { activity.media.lazy.compactMap { WebAddress($0.url)?.url }.first }

    private var mediaLines: [String] {
        activity.media.prefix(30).map { media in
            let name = PlainText.cut(media.filename ?? media.kind.word[language], to: 200)
            guard let url = WebAddress(media.url)?.url else { return "📎 \(name)" }
            return "📎 \(name): \(url)"
        }
    }
}

extension MessageStatus {
    /// As the status field of our object says it: words that reports can count, the same in every language.
    var salesforceValue: String {
        switch self {
        case .queued: "Queued"
        case .sending: "Sending"
        case .uncertain: "Uncertain"
        case .accepted: "Accepted"
        case .sent: "Sent"
        case .delivered: "Delivered"
        case .read: "Read"
        case .played: "Played"
        case .failed: "Failed"
        case .refused: "Refused"
        case .received: "Received"
        }
    }
}
