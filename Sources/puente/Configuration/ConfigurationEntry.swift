/// What was written for one key, before it is understood.
struct ConfigurationEntry: Equatable, Sendable {
    enum Value: Equatable, Sendable {
        case text(String)
        case list([String])
    }

    let value: Value
    let place: ConfigurationProblem.Place
    /// The value is the path of a file that holds the secret.
    let isFileReference: Bool
}

/// Everything that was written, key by key.
struct ConfigurationEntries: Sendable {
    /// By the full key, without `_file`.
    private(set) var entries: [String: ConfigurationEntry] = [:]
    /// The names that people gave, by the map they are in (`whatsapp.apps`), with where each stands first.
    private(set) var names: [String: [String: ConfigurationProblem.Place]] = [:]

    subscript(key: String) -> ConfigurationEntry? { entries[key] }

    mutating func set(_ entry: ConfigurationEntry, for key: String) {
        entries[key] = entry
    }

    mutating func note(_ name: String, in map: String, at place: ConfigurationProblem.Place) {
        if names[map]?[name] == nil { names[map, default: [:]][name] = place }
    }

    /// What the other holds goes before what this one holds.
    mutating func override(with other: ConfigurationEntries) {
        entries.merge(other.entries) { $1 }
        for (map, places) in other.names {
            for (name, place) in places { note(name, in: map, at: place) }
        }
    }
}
