import Domain

extension TemplateNotice {
    /// Out of a change of one of the template fields. Recognised by its keys: Meta's own page shows a change of quality
    /// under the field of status changes. Nil when it names no template or says nothing of it.
    /// Source: Cloud API, "Webhooks: message_template_status_update" and its three siblings, Graph API v25.0.
    init?(_ change: Change) {
        let value = change.value
        let id = value["message_template_id"].text
        let name = value["message_template_name"].text
        guard id != nil || name != nil, let news = News(value) else { return nil }
        self.init(
            kind: news.kind, templateID: id ?? "", name: name ?? "",
            language: value["message_template_language"].text?.withUnderscore ?? "", value: news.value,
            previousValue: news.previousValue, reason: news.reason, at: change.entryTime, detail: value.sortedText)
    }

    private struct News {
        let kind: Kind
        let value: String
        var previousValue: String?
        var reason: String?

        init?(_ json: JSON) {
            if let quality = json["new_quality_score"].text {
                kind = .quality
                value = quality
                previousValue = json["previous_quality_score"].text
            } else if let category = json["new_category"].text {
                // The notice 24 h ahead has the category that still holds in `new_category`; the one to come is the
                // reason it was sent.
                kind = .category
                value = category
                previousValue = json["previous_category"].text
                reason = json["correct_category"].text.map { "correct_category: \($0)" }
            } else if let event = json["event"].text {
                kind = .status
                value = event
                reason = Self.reason(in: json)
            } else {
                let parts = ["element", "title", "footer"].lazy.compactMap { json["message_template_\($0)"].text }
                guard let text = parts.first ?? (json["message_template_buttons"].isNull ? nil : "") else { return nil }
                kind = .components
                value = text
            }
        }

        /// Meta's code and its sentences, as far as they are there: `INVALID_FORMAT: … Separate parameters …`.
        private static func reason(in json: JSON) -> String? {
            let code = json["reason"].text.flatMap { $0 == "NONE" ? nil : $0 } ?? json["other_info"]["title"].text
            let sentences = [
                json["rejection_info"]["reason"].text, json["rejection_info"]["recommendation"].text,
                json["other_info"]["description"].text,
            ].compactMap(\.self)
            let all = sentences.isEmpty ? nil : sentences.joined(separator: " ")
            guard let code else { return all }
            return all.map { "\(code): \($0)" } ?? code
        }
    }
}

extension String {
    /// Language codes come as `en_US` and `en-US`; ours have the underscore.
    var withUnderscore: String {
        String(map { $0 == "-" ? "_" : $0 })
    }
}
