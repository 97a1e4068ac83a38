/// A node of the catalogue: texts and further groups by name.
struct WordGroup: Sendable {
    enum Entry: Sendable {
        case text(String)
        case group(WordGroup)
    }

    let entries: [String: Entry]

    func text(at path: ArraySlice<String>) -> String? {
        guard let name = path.first, let entry = entries[name] else { return nil }
        switch entry {
        case .text(let text): return path.count == 1 ? text : nil
        case .group(let group): return group.text(at: path.dropFirst())
        }
    }

    /// Every key with its text, dotted.
    var flattened: [String: String] {
        var result: [String: String] = [:]
        for (name, entry) in entries {
            switch entry {
            case .text(let text): result[name] = text
            case .group(let group):
                for (key, text) in group.flattened { result[name + "." + key] = text }
            }
        }
        return result
    }
}

extension WordGroup: Decodable {
    init(from decoder: any Decoder) throws {
        self.entries = try decoder.singleValueContainer().decode([String: Entry].self)
    }
}

extension WordGroup.Entry: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {  // not a text: then it must be a group
            self = .text(text)
        } else {
            self = .group(try container.decode(WordGroup.self))
        }
    }
}
