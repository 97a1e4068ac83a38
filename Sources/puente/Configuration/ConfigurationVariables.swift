import Domain

/// Reads the environment's `PUENTE_…` variables into entries.
struct ConfigurationVariables {
    private static let prefix = "PUENTE_"

    private let schema: ConfigurationSchema
    private(set) var entries = ConfigurationEntries()
    private(set) var problems: [ConfigurationProblem] = []

    /// An empty variable counts as none, since that is what compose files make of one that is not set.
    init(_ environment: [String: String], schema: ConfigurationSchema = .current) {
        self.schema = schema
        for (variable, value) in environment.sorted(by: { $0.key < $1.key }) {
            guard variable.hasPrefix(Self.prefix), !value.isEmpty else { continue }
            take(variable, value)
        }
    }

    private mutating func take(_ variable: String, _ value: String) {
        guard let match = match(variable) else { return complainOfUnknown(variable) }
        let full = match.key.text(match.name)
        let place = ConfigurationProblem.Place.variable(variable)
        if let name = match.name { entries.note(name, in: map(of: match.key), at: place) }
        if let earlier = entries[full], earlier.isFileReference != match.isFileReference {
            problems.append(
                ConfigurationProblem(
                    full, at: place, en: "and \(full)_file are both set: keep one of them",
                    es: "y \(full)_file están definidas las dos: deje una"))
            return
        }
        entries.set(
            ConfigurationEntry(value: .text(value), place: place, isFileReference: match.isFileReference), for: full)
    }

    private struct Match {
        let key: ConfigurationKey
        let name: String?
        let isFileReference: Bool
        /// Of the key's own words: of two readings of a variable the one with the longer key is meant.
        let length: Int
    }

    private func match(_ variable: String) -> Match? {
        schema.keys.flatMap { key in
            [
                match(variable, key, isFileReference: false),
                key.isSecret ? match(variable, key, isFileReference: true) : nil,
            ].compactMap(\.self)
        }.max { $0.length < $1.length }
    }

    private func match(_ variable: String, _ key: ConfigurationKey, isFileReference: Bool) -> Match? {
        let pattern = key.variable() + (isFileReference ? ConfigurationKey.fileSuffix.uppercased() : "")
        guard key.path.contains(ConfigurationKey.name) else {
            return variable == pattern
                ? Match(key: key, name: nil, isFileReference: isFileReference, length: pattern.utf8.count) : nil
        }
        guard let hole = pattern.firstRange(of: "_\(ConfigurationKey.name)_") else { return nil }
        let (head, tail) = (pattern[..<hole.lowerBound] + "_", "_" + pattern[hole.upperBound...])
        guard variable.hasPrefix(head), variable.hasSuffix(tail),
            variable.utf8.count > head.utf8.count + tail.utf8.count
        else { return nil }
        let name = variable.dropFirst(head.count).dropLast(tail.count).lowercased()
        guard schema.isName(name) else { return nil }
        return Match(key: key, name: name, isFileReference: isFileReference, length: tail.utf8.count)
    }

    private func map(of key: ConfigurationKey) -> String {
        key.path.prefix { $0 != ConfigurationKey.name }.joined(separator: ".")
    }

    /// Variables of other programs may begin with `PUENTE_` too; one that begins like a section of ours is a slip.
    private mutating func complainOfUnknown(_ variable: String) {
        let section = schema.children(of: []).first { variable.hasPrefix("\(Self.prefix)\($0.uppercased())_") }
        guard section != nil else { return }
        let known = schema.keys.filter { !$0.path.contains(ConfigurationKey.name) }.map { $0.variable() }
        let hint = ConfigurationSchema.nearest(to: variable, among: known)
        problems.append(
            ConfigurationProblem(
                key: variable, place: nil,
                sentence: .init(
                    en: "The environment variable \(variable) sets no key"
                        + (hint.map { "; did you mean \($0)?" } ?? ""),
                    es: "La variable de entorno \(variable) no define ninguna clave"
                        + (hint.map { "; ¿quiso decir \($0)?" } ?? ""))))
    }
}
