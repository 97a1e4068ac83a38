import Domain

extension GraphFailure {
    /// Out of an item of `errors[]`: `{code, title, message, error_data{details}, href}`. Older payloads lack some of
    /// these; `error_data` is a plain string at times. Code -1 stands for one that cannot be read: 0 is
    /// Meta's own, for a dead token.
    init?(_ json: JSON) {
        guard json.isObject else { return nil }
        let data = json["error_data"]
        self.init(
            code: json["code"].integer.flatMap { Int(exactly: $0) } ?? -1,
            title: json["title"].text ?? json["message"].text,
            details: data["details"].text ?? data.text ?? json["details"].text)
    }
}
