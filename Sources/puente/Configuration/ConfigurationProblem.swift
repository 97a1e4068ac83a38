import Domain

/// Why a configuration cannot be used: one sentence that names the key, and where it stands. Never a secret's value.
/// The program ends with 2.
struct ConfigurationProblem: Error, Equatable, Sendable {
    enum Place: Hashable, Sendable {
        case file(String, line: Int?)
        case variable(String)
    }

    /// The full key, for example `whatsapp.numbers.main.waba_id`; nil when the file as a whole is meant.
    let key: String?
    let place: Place?
    /// Without the place, and without the point at its end.
    let sentence: LocalizedText

    /// What a person reads: `puente.yaml, line 12: server.port must be …`.
    var message: LocalizedText {
        let (en, es) = (Self.ended(sentence.en), Self.ended(sentence.es))
        guard let text = place?.text else { return LocalizedText(en: en, es: es) }
        return LocalizedText(en: "\(text.en): \(en)", es: "\(text.es): \(es)")
    }

    private static func ended(_ sentence: String) -> String {
        sentence.hasSuffix("?") ? sentence : "\(sentence)."
    }
}

extension ConfigurationProblem {
    /// A sentence that begins with the key: `server.port` + `must be …`.
    init(_ key: String, at place: Place?, en: String, es: String) {
        self.init(key: key, place: place, sentence: LocalizedText(en: "\(key) \(en)", es: "\(key) \(es)"))
    }

    static func missing(_ key: String, variable: String, at place: Place?) -> Self {
        let isFile = place.map { if case .file = $0 { true } else { false } } ?? false
        let way =
            isFile
            ? LocalizedText(en: "write it there or set \(variable)", es: "escríbala ahí o defina \(variable)")
            : LocalizedText(
                en: "set \(variable) or name a file with --config",
                es: "defina \(variable) o indique un archivo con --config")
        return Self(
            key: key, place: place,
            sentence: LocalizedText(en: "\(key) is missing: \(way.en)", es: "falta \(key): \(way.es)"))
    }
}

extension ConfigurationProblem.Place {
    var text: LocalizedText {
        switch self {
        case .file(let name, line: nil): LocalizedText(en: name, es: name)
        case .file(let name, let line?): LocalizedText(en: "\(name), line \(line)", es: "\(name), línea \(line)")
        case .variable(let name): LocalizedText(en: name, es: name)
        }
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    var description: String { message.en }
}
