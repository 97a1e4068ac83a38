import Domain
import Secrets

/// What the composer shows beside an empty field: an answer begun, templates, or what was refused and why.
struct ComposerState: Sendable {
    var reply: MessageID?
    var draft = ""
    var error: LocalizedText?
    var templates: Templates?

    struct Templates: Sendable {
        var find = ""
        var selected: TemplateID?
        /// Nil before anything was typed.
        var values: [String: String] = [:]
        var errors: [String: LocalizedText] = [:]
    }

    init() {}

    init(_ address: InboxAddress) {
        reply = address.reply
        templates = address.find.map { Templates(find: $0, selected: address.template) }
    }

    /// Random, for one rendering of a form.
    static func makeOnce() -> String { SecretToken(prefix: "f").text }
}
