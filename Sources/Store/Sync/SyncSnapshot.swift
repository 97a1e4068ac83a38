import Domain

/// What Puente says of contacts, in one moment.
struct SyncSnapshot {
    private(set) var values: [ContactID: [LocalField: String]] = [:]
    /// When ours last changed, as far as it is known.
    private(set) var changedAt: [ContactID: [LocalField: Timestamp]] = [:]

    /// What is missing says nothing.
    mutating func note(_ value: String?, as field: LocalField, of contact: ContactID, at moment: Timestamp? = nil) {
        guard let value, !value.isEmpty else { return }
        values[contact, default: [:]][field] = value
        if let moment { changedAt[contact, default: [:]][field] = moment }
    }
}

/// A name and its parts: the first word, and all that follow.
struct PersonName: Equatable {
    let first: String
    let last: String

    init(_ name: String) {
        let words = name.split(maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
        first = words.first.map(String.init) ?? ""
        last = words.count > 1 ? words[1].split(whereSeparator: \.isWhitespace).joined(separator: " ") : ""
    }

    /// - Parameter other: a name in its two parts: where one of them is in this name, too, it ends or begins there.
    init(_ name: String, as other: PersonName?) {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if let first = other?.first, !first.isEmpty, name.hasPrefix(first + " ") {
            self.init(first: first, last: String(name.dropFirst(first.count + 1)))
        } else if let last = other?.last, !last.isEmpty, name.hasSuffix(" " + last) {
            self.init(first: String(name.dropLast(last.count + 1)), last: last)
        } else {
            self.init(name)
        }
    }

    init(first: String, last: String) {
        self.first = first
        self.last = last
    }

    /// Nil for a field that is no part of a name.
    func part(_ field: LocalField) -> String? {
        switch field {
        case .firstName: first
        case .lastName: last
        default: nil
        }
    }

    var whole: String { [first, last].filter { !$0.isEmpty }.joined(separator: " ") }
}
