import Domain
import Yams

/// Reads `puente.yaml` into entries: YAML's shape, and which keys there are. What the values mean comes later.
struct ConfigurationFile {
    static let maxBytes = 1 << 20

    private let name: String
    private let schema: ConfigurationSchema
    private(set) var entries = ConfigurationEntries()
    private(set) var problems: [ConfigurationProblem] = []

    /// - Parameters:
    ///   - path: where the file is.
    ///   - name: as the person wrote it, for sentences.
    /// - Throws: when there is no such file, or it is no YAML.
    init(path: String, name: String, schema: ConfigurationSchema = .current) throws(ConfigurationProblem) {
        self.init(name: name, schema: schema)
        let text: String
        do {
            text = try TextFile.read(path, maxBytes: Self.maxBytes)
        } catch {
            throw unreadable(error)
        }
        try read(text)
    }

    init(text: String, name: String, schema: ConfigurationSchema = .current) throws(ConfigurationProblem) {
        self.init(name: name, schema: schema)
        try read(text)
    }

    private init(name: String, schema: ConfigurationSchema) {
        self.name = name
        self.schema = schema
    }

    private mutating func read(_ text: String) throws(ConfigurationProblem) {
        guard let root = try compose(text) else { return }
        walk(root, path: [], pattern: [], line: root.mark?.line)
    }

    private func compose(_ text: String) throws(ConfigurationProblem) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw error.problem(in: name)
        } catch {
            throw wrong("this is not YAML: \(error)", "no es YAML: \(error)", line: nil)
        }
    }

    // MARK: the tree

    private mutating func walk(_ node: Node, path: [String], pattern: [String], line: Int?) {
        let known = schema.children(of: pattern)
        if let key = schema.key(at: pattern), known.isEmpty {
            return take(node, for: key, path: path, isFileReference: false, line: line)
        }
        guard let mapping = node.mapping else {
            if node.isNothing { return }
            return complain(
                path, line, en: "holds keys (\(known.prefix(4).joined(separator: ", "))…), not one value",
                es: "contiene claves (\(known.prefix(4).joined(separator: ", "))…), no un solo valor")
        }
        for (key, value) in mapping {
            visit(key, value, path: path, pattern: pattern, known: known)
        }
    }

    private mutating func visit(_ key: Node, _ value: Node, path: [String], pattern: [String], known: [String]) {
        let line = key.mark?.line
        guard let word = key.scalar?.string else {
            return complain(path, line, en: "has a key that is not a word", es: "tiene una clave que no es una palabra")
        }
        if known == [ConfigurationKey.name] {
            guard isName(word, path: path, pattern: pattern, line: line) else { return }
            entries.note(word, in: path.joined(separator: "."), at: place(line))
            walk(value, path: path + [word], pattern: pattern + [ConfigurationKey.name], line: line)
        } else if known.contains(word) {
            walk(value, path: path + [word], pattern: pattern + [word], line: line)
        } else if let secret = schema.secretKey(at: pattern + [word]), let last = secret.path.last {
            take(value, for: secret, path: path + [last], isFileReference: true, line: line)
        } else {
            complainOfUnknown(word, path: path, known: known, line: line)
        }
    }

    private mutating func isName(_ word: String, path: [String], pattern: [String], line: Int?) -> Bool {
        let full = path + [Quoting.clipped(word)]
        guard schema.isName(word) else {
            complain(
                full, line, en: "is not a name: up to 32 lower-case letters, digits and \"_\"",
                es: "no es un nombre: hasta 32 letras minúsculas, cifras y «_»")
            return false
        }
        if let end = schema.forbiddenEnd(of: word, in: pattern) {
            complain(
                full, line,
                en: "must not end in \"\(end)\", since its environment variables would be those of another key",
                es: "no debe terminar en «\(end)»: sus variables de entorno serían las de otra clave")
            return false
        }
        return true
    }

    private mutating func take(
        _ node: Node, for key: ConfigurationKey, path: [String], isFileReference: Bool, line: Int?
    ) {
        if node.isNothing { return }
        let full = path.joined(separator: ".")
        guard let value = node.value(isList: key.form.isList && !isFileReference) else {
            return complain(
                path, line, en: "is one value, not a list or a map", es: "es un solo valor, no una lista ni un mapa")
        }
        if let earlier = entries[full], earlier.isFileReference != isFileReference {
            return complain(
                path, line, en: "and \(full)_file are both written: keep one of them",
                es: "y \(full)_file están escritas las dos: deje una")
        }
        entries.set(
            ConfigurationEntry(value: value, place: place(line), isFileReference: isFileReference), for: full)
    }

    // MARK: sentences

    private mutating func complainOfUnknown(_ word: String, path: [String], known: [String], line: Int?) {
        let full = path + [Quoting.clipped(word)]
        let hint =
            ConfigurationSchema.nearest(to: word, among: known).map { (path + [$0]).joined(separator: ".") }
        if let hint {
            complain(
                full, line, en: "is not a key; did you mean \(hint)?", es: "no es una clave; ¿quiso decir \(hint)?")
        } else {
            let list = known.joined(separator: ", ")
            let map =
                path.isEmpty ? LocalizedText(en: "the file", es: "el archivo") : .same(path.joined(separator: "."))
            complain(
                full, line, en: "is not a key; \(map.en) knows \(list)", es: "no es una clave; \(map.es) conoce \(list)"
            )
        }
    }

    private mutating func complain(_ path: [String], _ line: Int?, en: String, es: String) {
        let key = path.isEmpty ? "puente.yaml" : path.joined(separator: ".")
        problems.append(ConfigurationProblem(key, at: place(line), en: en, es: es))
    }

    private func unreadable(_ problem: TextFile.Problem) -> ConfigurationProblem {
        let text =
            problem.isMissing
            ? LocalizedText(en: "there is no such file", es: "no existe ese archivo")
            : LocalizedText(en: "cannot be read: \(problem.reason)", es: "no se puede leer: \(problem.reason)")
        return wrong(text.en, text.es, line: nil)
    }

    private func wrong(_ en: String, _ es: String, line: Int?) -> ConfigurationProblem {
        ConfigurationProblem(key: nil, place: place(line), sentence: LocalizedText(en: en, es: es))
    }

    private func place(_ line: Int?) -> ConfigurationProblem.Place {
        .file(name, line: line)
    }
}

extension Node {
    /// A key without a value, `~` or `null`: as if it were not there.
    fileprivate var isNothing: Bool {
        guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    fileprivate func value(isList: Bool) -> ConfigurationEntry.Value? {
        if let scalar { return .text(scalar.string) }
        guard isList, let sequence else { return nil }
        let words = sequence.compactMap { $0.scalar?.string }
        return words.count == sequence.count ? .list(words) : nil
    }
}

extension YamlError {
    fileprivate func problem(in name: String) -> ConfigurationProblem {
        let (line, reason) = described
        return ConfigurationProblem(
            key: nil, place: .file(name, line: line),
            sentence: LocalizedText(en: "this is not YAML: \(reason.en)", es: "no es YAML: \(reason.es)"))
    }

    /// The line, and what is wrong.
    var described: (Int?, LocalizedText) {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, YAMLFault.sentence(problem))
        case .duplicatedKeysInMapping(let duplicates, let context):
            (
                context.mark.line,
                LocalizedText(
                    en: "\(duplicates.sorted().map { Quoting.clipped($0) }.joined(separator: ", ")) is written twice",
                    es:
                        "\(duplicates.sorted().map { Quoting.clipped($0) }.joined(separator: ", ")) está escrita dos veces"
                )
            )
        case .reader(let problem, _, _, _), .representer(let problem), .writer(let problem), .emitter(let problem):
            (nil, YAMLFault.sentence(problem))
        case .memory, .no, .dataCouldNotBeDecoded: (nil, LocalizedText(en: "it cannot be read", es: "no se puede leer"))
        }
    }
}
