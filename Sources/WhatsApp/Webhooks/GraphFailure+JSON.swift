import Domain

extension GraphFailure {
    /// Out of an item of `errors[]`: `{code, title, message, error_data{details}, href}`. Older payloads lack some of
    /// these; `error_data` is a plain string at times. Code 0 stands for one that cannot be read.
    init?(_ json: JSON) {
        guard json.isObject else { return nil }
        let data = json["error_data"]
        self.init(
            code: json["code"].integer.flatMap { Int(exactly: $0) } ?? 0,
            title: json["title"].text ?? json["message"].text,
            details: data["details"].text ?? data.text ?? json["details"].text)
    }
}
