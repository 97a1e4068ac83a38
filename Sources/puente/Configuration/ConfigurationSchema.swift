/// Which keys there are, as a tree.
struct ConfigurationSchema: Sendable {
    static let current = ConfigurationSchema(keys: ConfigurationKey.all)

    let keys: [ConfigurationKey]

    /// What may stand inside a map: the next parts of the keys below it, in order. `[NAME]` where people choose names;
    /// empty at a key.
    func children(of path: [String]) -> [String] {
        var seen: [String] = []
        for key in keys where key.path.count > path.count && key.path.starts(with: path) {
            let next = key.path[path.count]
            if !seen.contains(next) { seen.append(next) }
        }
        return seen
    }

    func key(at path: [String]) -> ConfigurationKey? {
        keys.first { $0.path == path }
    }

    /// The secret whose file the last part of the path names.
    func secretKey(at path: [String]) -> ConfigurationKey? {
        guard let last = path.last, last.hasSuffix(ConfigurationKey.fileSuffix) else { return nil }
        let key = key(at: path.dropLast() + [String(last.dropLast(ConfigurationKey.fileSuffix.count))])
        return key?.isSecret == true ? key : nil
    }

    /// Names that people may choose inside a map such as `whatsapp.apps`.
    func isName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "_")
            }
    }

    /// An end that a name must not have, because the variables of two keys would then be one: the `previous_secret` of
    /// `shop` and the `secret` of `shop_previous` are both `…_SHOP_PREVIOUS_SECRET`.
    func forbiddenEnd(of name: String, in map: [String]) -> String? {
        let leaves = children(of: map + [ConfigurationKey.name])
        for long in leaves {
            for short in leaves where long.hasSuffix("_" + short) {
                let end = "_" + long.dropLast(short.count + 1)
                if name.hasSuffix(end) { return end }
            }
        }
        return nil
    }

    /// The known word nearest to a mistyped one; nil when none is near.
    static func nearest(to word: String, among known: [String]) -> String? {
        let candidates = known.map { ($0, distance(Array(word.utf8.prefix(64)), Array($0.utf8))) }
        guard let best = candidates.min(by: { $0.1 < $1.1 }), best.1 <= max(1, best.0.count / 3) else { return nil }
        return best.0
    }

    /// How many letters must be added, removed, replaced or exchanged with their neighbour.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var rows = [Array(0...right.count)]
        for (index, letter) in left.enumerated() {
            let above = rows[index]
            var row = [index + 1]
            for (column, other) in right.enumerated() {
                var best = min(above[column] + (letter == other ? 0 : 1), row[column] + 1, above[column + 1] + 1)
                if index > 0, column > 0, letter == right[column - 1], left[index - 1] == other {
                    best = min(best, rows[index - 1][column - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
