import Domain
import Logging
import OutboundHTTP

/// Turns what was written into values. Where something is wrong it notes the problem and goes on with a value that
/// never leaves the reader, so that `puente check` can name all problems at once.
struct ConfigurationReader {
    private let entries: ConfigurationEntries
    /// For the sentences about what is missing.
    let source: ConfigurationSource
    private(set) var problems: [ConfigurationProblem]

    init(entries: ConfigurationEntries, source: ConfigurationSource, problems: [ConfigurationProblem]) {
        self.entries = entries
        self.source = source
        self.problems = problems
    }

    /// What people named inside a map such as `whatsapp.apps`, sorted.
    func names(in map: String) -> [String] {
        entries.names[map, default: [:]].keys.sorted()
    }

    func isWritten(_ key: ConfigurationKey, _ name: String? = nil) -> Bool {
        entries[key.text(name)] != nil
    }

    // MARK: values of each form

    mutating func text(_ key: ConfigurationKey, _ name: String? = nil) -> String {
        optionalText(key, name) ?? ""
    }

    mutating func optionalText(_ key: ConfigurationKey, _ name: String? = nil) -> String? {
        guard let written = written(key, name) else { return nil }
        let isPrintable = written.text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x7f }
        guard !written.text.isEmpty, isPrintable, written.text.utf8.count <= 500 else {
            complain(
                written, en: "must be one line of text, up to 500 bytes",
                es: "debe ser una línea de texto, hasta 500 bytes")
            return nil
        }
        return written.text
    }

    mutating func word(_ key: ConfigurationKey, _ name: String? = nil) -> String {
        optionalWord(key, name) ?? ""
    }

    mutating func optionalWord(_ key: ConfigurationKey, _ name: String? = nil) -> String? {
        guard let written = written(key, name) else { return nil }
        let isWord = written.text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        guard !written.text.isEmpty, isWord, written.text.utf8.count <= 4096 else {
            complain(
                written, en: "must be one word of ASCII letters, digits and signs, without spaces",
                es: "debe ser una palabra de letras, cifras y signos ASCII, sin espacios")
            return nil
        }
        return written.text
    }

    mutating func secret(_ key: ConfigurationKey, _ name: String? = nil) -> Secret {
        optionalSecret(key, name) ?? Secret("")
    }

    mutating func optionalSecret(_ key: ConfigurationKey, _ name: String? = nil) -> Secret? {
        guard let word = optionalWord(key, name) else { return nil }
        // Everybody can read them in the example, and sign with them.
        if word.hasPrefix("put-"), word.hasSuffix("-here"), let written = written(key, name) {
            complain(
                written, en: "is still what the example says: enter your own",
                es: "sigue siendo lo que dice el ejemplo: escriba el suyo")
        }
        return Secret(word)
    }

    mutating func integer(_ key: ConfigurationKey, _ name: String? = nil) -> Int {
        guard case .integer(let range) = key.form, let written = written(key, name) else { return 0 }
        guard let value = Int(written.text), range.contains(value) else {
            complain(
                written, en: "must be a whole number from \(range.lowerBound) to \(range.upperBound)",
                es: "debe ser un número entero de \(range.lowerBound) a \(range.upperBound)")
            return range.lowerBound
        }
        return value
    }

    mutating func bytes(_ key: ConfigurationKey) -> Int {
        guard case .bytes(let range) = key.form, let written = written(key, nil) else { return 0 }
        guard let value = ByteCount.parse(written.text), range.contains(value) else {
            let (low, high) = (ByteCount.text(range.lowerBound), ByteCount.text(range.upperBound))
            complain(
                written, en: "must be a size from \(low) to \(high), such as 64MB",
                es: "debe ser un tamaño de \(low) a \(high), como 64MB")
            return range.lowerBound
        }
        return value
    }

    mutating func duration(_ key: ConfigurationKey, _ name: String? = nil) -> Duration {
        guard case .duration(let range) = key.form, let written = written(key, name) else { return .zero }
        guard let value = DurationText.parse(written.text), range.contains(value) else {
            let (low, high) = (DurationText.text(range.lowerBound), DurationText.text(range.upperBound))
            complain(
                written, en: "must be a duration from \(low) to \(high), such as 30s, 5m, 12h or 30d",
                es: "debe ser una duración de \(low) a \(high), como 30s, 5m, 12h o 30d")
            return range.lowerBound
        }
        return value
    }

    /// Nil for ever.
    mutating func age(_ key: ConfigurationKey) -> Duration? {
        guard let written = written(key, nil), written.text != "forever" else { return nil }
        guard let value = DurationText.parse(written.text), value >= .days(1) else {
            complain(
                written, en: "must be \"forever\" or a duration of at least 1d, such as 730d",
                es: "debe ser «forever» o una duración de al menos 1d, como 730d")
            return nil
        }
        return value
    }

    mutating func choice<Value: RawRepresentable<String>>(
        _ key: ConfigurationKey, _ name: String? = nil, as _: Value.Type = Value.self
    ) -> Value? {
        guard case .choice(let choices) = key.form, let written = written(key, name) else { return nil }
        guard let value = Value(rawValue: written.text) else {
            complain(
                written, en: "must be \(choices.joined(separator: " or "))",
                es: "debe ser \(choices.joined(separator: " o "))")
            return nil
        }
        return value
    }

    /// Separated by spaces or commas, or a list.
    mutating func words(_ key: ConfigurationKey, _ name: String? = nil) -> [String] {
        guard case .words(let known) = key.form, let written = written(key, name) else { return [] }
        let words = written.words
        guard !words.isEmpty, words.allSatisfy(known.contains) else {
            let list = known.joined(separator: ", ")
            complain(written, en: "must be some of \(list)", es: "debe ser una o varias de \(list)")
            return []
        }
        return known.filter(words.contains)
    }

    mutating func networks(_ key: ConfigurationKey) -> [IPNetwork] {
        guard let written = written(key, nil) else { return [] }
        return written.words.compactMap { word in
            if let network = IPNetwork(word) { return network }
            complain(
                written, en: "must hold addresses or networks such as 10.0.0.0/8 or ::1",
                es: "debe contener direcciones o redes como 10.0.0.0/8 o ::1")
            return nil
        }
    }

    /// In small letters.
    mutating func hosts(_ key: ConfigurationKey) -> [String] {
        guard let written = written(key, nil) else { return [] }
        return written.words.compactMap { word in
            let name = word.contains(":") ? "[\(word)]" : word
            if let address = WebAddress("https://\(name)"), address.rest.isEmpty, address.port == 443 {
                return address.host
            }
            complain(
                written, en: "must hold host names or addresses such as crm.example.com or 10.0.0.5",
                es: "debe contener nombres de host o direcciones como crm.example.com o 10.0.0.5")
            return nil
        }
    }

    /// Relative paths begin at the folder of the configuration file.
    mutating func path(_ key: ConfigurationKey) -> String {
        optionalText(key).map(source.resolve) ?? ""
    }

    mutating func optionalPath(_ key: ConfigurationKey) -> String? {
        optionalText(key).map(source.resolve)
    }

    // MARK: what was written

    /// A value together with where it came from.
    struct Written {
        let key: ConfigurationKey
        let name: String?
        let value: ConfigurationEntry.Value
        let place: ConfigurationProblem.Place?

        var text: String {
            switch value {
            case .text(let text): text
            case .list(let words): words.joined(separator: " ")
            }
        }

        var words: [String] {
            text.split { $0 == " " || $0 == "," }.map(String.init)
        }
    }

    /// Nil when nothing is written and there is no default; where something must be written, that is a problem.
    mutating func written(_ key: ConfigurationKey, _ name: String?) -> Written? {
        guard let entry = entries[key.text(name)] else { return absent(key, name) }
        guard entry.isFileReference else {
            return Written(key: key, name: name, value: entry.value, place: entry.place)
        }
        guard let text = contents(of: entry, key, name) else { return nil }
        return Written(key: key, name: name, value: .text(text), place: entry.place)
    }

    private mutating func absent(_ key: ConfigurationKey, _ name: String?) -> Written? {
        switch key.need {
        case .optional: return nil
        case .fallback(let text): return Written(key: key, name: name, value: .text(text), place: nil)
        case .required:
            requireMissing(key, name)
            return nil
        }
    }

    /// Notes that a key must be written.
    mutating func requireMissing(_ key: ConfigurationKey, _ name: String?) {
        let map = key.path.prefix { $0 != ConfigurationKey.name }.joined(separator: ".")
        let place = name.flatMap { entries.names[map]?[$0] } ?? source.place
        problems.append(.missing(key.text(name), variable: key.variable(name), at: place))
    }

    private mutating func contents(of entry: ConfigurationEntry, _ key: ConfigurationKey, _ name: String?) -> String? {
        guard case .text(let path) = entry.value, !path.isEmpty else { return nil }
        do {
            return TextFile.withoutTrailingNewlines(try TextFile.read(source.resolve(path), maxBytes: 65_536))
        } catch {
            problems.append(
                ConfigurationProblem(
                    key.text(name) + ConfigurationKey.fileSuffix, at: entry.place,
                    en: "names \(Quoting.clipped(path)), which cannot be read: \(error.reason)",
                    es: "indica \(Quoting.clipped(path)), que no se puede leer: \(error.reason)"))
            return nil
        }
    }

    // MARK: problems

    /// Notes what is wrong with a value; quotes it unless it is a secret.
    mutating func complain(_ written: Written, en: String, es: String) {
        let isShown = !written.key.isSecret && written.key.form != .databaseAddress
        let quoted = Quoting.clipped(written.text)
        problems.append(
            ConfigurationProblem(
                written.key.text(written.name), at: written.place ?? source.place,
                en: isShown ? "\(en), not \"\(quoted)\"" : en, es: isShown ? "\(es), no «\(quoted)»" : es))
    }

    /// Notes what was found wrong with a key's file, at the place where the key stands.
    mutating func note(_ problem: ConfigurationProblem) {
        let place = problem.key.flatMap { entries[$0]?.place }
        problems.append(
            ConfigurationProblem(key: problem.key, place: place ?? source.place, sentence: problem.sentence))
    }

    /// Notes what is wrong between keys.
    mutating func complain(_ key: ConfigurationKey, _ name: String? = nil, en: String, es: String) {
        let full = key.text(name)
        problems.append(ConfigurationProblem(full, at: entries[full]?.place ?? source.place, en: en, es: es))
    }
}
