/// The members of a JSON object in the order they came. Look-up is linear: real objects have a handful of members.
struct JSONObject: Sendable, Equatable {
    struct Member: Sendable, Equatable {
        let key: String
        var value: JSON
    }

    private(set) var members: [Member] = []

    mutating func reserve(_ count: Int) { members.reserveCapacity(count) }

    /// Adds a member without looking for one of the same name; the first of two wins when read.
    mutating func append(_ key: String, _ value: JSON) {
        members.append(Member(key: key, value: value))
    }

    subscript(key: String) -> JSON? {
        get { members.first { $0.key == key }?.value }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    var keys: [String] { members.map(\.key) }
    var isEmpty: Bool { members.isEmpty }
}
