/// The table of all keys: `puente check --keys` prints it, `docs/configuration.md` holds it.
enum ConfigurationReference {
    static func markdown(_ keys: [ConfigurationKey] = ConfigurationKey.all) -> String {
        let rows = keys.map { key in
            "| `\(key.pattern)` | \(form(key)) | \(need(key)) | `\(key.variable())` | \(key.summary) |"
        }
        return (["| key | type | default | environment | what it is |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    private static func need(_ key: ConfigurationKey) -> String {
        switch key.need {
        case .required: "**required**"
        case .fallback(let text): "`\(text)`"
        case .optional(let note): note.isEmpty ? "–" : note
        }
    }

    private static func form(_ key: ConfigurationKey) -> String {
        key.isSecret ? "\(form(key.form)), secret" : form(key.form)
    }

    private static func form(_ form: ConfigurationForm) -> String {
        switch form {
        case .text: "text"
        case .word: "word"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .bytes(let range): "size, \(ByteCount.text(range.lowerBound)) to \(ByteCount.text(range.upperBound))"
        case .duration(let range):
            "duration, \(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))"
        case .age: "duration or `forever`"
        case .path: "path"
        case .webAddress: "web address"
        case .databaseAddress: "database address"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .words(let words): "some of \(words.map { "`\($0)`" }.joined(separator: ", "))"
        case .networks: "addresses, networks"
        case .hosts: "hosts"
        case .names: "names"
        case .phoneNumber: "phone number"
        case .region: "country code"
        case .timeZone: "time zone"
        }
    }
}
