/// One field of a model. Source: Odoo's models `res.partner`, `mail.message` and others, versions 16 to 19.
struct OdooField: Sendable, Equatable {
    enum Kind: String, Sendable {
        case char, text, html, integer, float, boolean, datetime, date, selection, many2one, many2many, one2many
    }

    let name: String
    var kind: Kind
    var label: String
    /// The model on the other side of a relation.
    var relation: String?
    /// Keys and labels of a selection.
    var options: [[String]] = []
    var isRequired = false
    var isReadonly = false
    /// Computed when it is read.
    var isComputed = false
    /// Made by a user, name `x_…`.
    var isManual = false
    /// Somebody deleted it.
    var isGone = false
    /// The sandbox's own, for its indexes, or gone: nobody sees it.
    var isHidden: Bool { name.hasPrefix("~") || isGone }

    /// Reads a line such as `type selection:contact,invoice`, `parent_id many2one:res.partner` or `name char *`:
    /// `*` required, `-` read-only, `~` computed.
    init?(line: Substring) {
        let words = line.split(separator: " ")
        guard words.count >= 2 else { return nil }
        let parts = words[1].split(separator: ":", maxSplits: 1)
        guard let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.name = String(words[0])
        self.kind = kind
        label = words[0].split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
        if parts.count == 2 {
            if kind == .selection {
                options = parts[1].split(separator: ",").map {
                    [String($0), $0.prefix(1).uppercased() + $0.dropFirst()]
                }
            } else {
                relation = String(parts[1])
            }
        }
        isRequired = words.contains("*")
        isReadonly = words.dropFirst(2).contains { $0.contains("-") }
        isComputed = words.dropFirst(2).contains { $0.contains("~") }
    }

    init(manual name: String, kind: Kind, label: String, options: [[String]]) {
        self.name = name
        self.kind = kind
        self.label = label
        self.options = options
        isManual = true
    }

    /// As `fields_get` says it; `attributes` empty: all of them.
    func json(_ attributes: [String]) -> JSON {
        let all: [(String, JSON?)] = [
            ("type", JSON(kind.rawValue)), ("string", JSON(label)), ("required", JSON(isRequired)),
            ("readonly", JSON(isReadonly)), ("store", JSON(!isComputed)), ("searchable", true),
            ("sortable", JSON(!isComputed)), ("manual", JSON(isManual)), ("relation", relation.map { JSON($0) }),
            ("selection", kind == .selection ? .array(options.map { JSON($0) }) : nil), ("name", JSON(name)),
            ("help", false), ("domain", relation == nil ? nil : []), ("context", relation == nil ? nil : [:]),
        ]
        var object = JSONObject()
        for (key, value) in all where attributes.isEmpty || attributes.contains(key) {
            if let value { object.append(key, value) }
        }
        return .object(object)
    }
}

/// The fields of a model, with a number for each: records keep numbers, not names.
struct OdooFieldBook: Sendable {
    static let id = 0
    static let createDate = 1
    static let writeDate = 2
    static let createUID = 3
    static let writeUID = 4
    static let displayName = 5

    private static let everywhere = """
        id integer -
        create_date datetime -
        write_date datetime -
        create_uid many2one:res.users -
        write_uid many2one:res.users -
        display_name char -~
        """

    private(set) var fields: [OdooField]
    private var numbers: [String: Int] = [:]
    /// As they were before people changed them at the controls.
    private var originals: [String: (number: Int, field: OdooField)] = [:]

    init(_ lines: String) {
        fields = (Self.everywhere + "\n" + lines).split(separator: "\n").compactMap { OdooField(line: $0) }
        for (number, field) in fields.enumerated() { numbers[field.name] = number }
    }

    func number(of name: String) -> Int? { numbers[name] }

    // MARK: What an administrator does

    /// - Returns: false when there is no such field.
    mutating func take(_ name: String) -> Bool { change(name) { $0.isGone = true } }

    mutating func retype(_ name: String, _ kind: OdooField.Kind) -> Bool { change(name) { $0.kind = kind } }

    /// As it was, with its values, unless somebody has made it anew: then of its old kind.
    /// - Returns: false when nothing was changed.
    mutating func putBack(_ name: String) -> Bool {
        guard let original = originals.removeValue(forKey: name) else { return false }
        let number = number(of: name) ?? original.number
        fields[number] = original.field
        numbers[name] = number
        return true
    }

    private mutating func change(_ name: String, _ work: (inout OdooField) -> Void) -> Bool {
        guard let number = number(of: name) else { return false }
        if originals[name] == nil { originals[name] = (number, fields[number]) }
        work(&fields[number])
        if fields[number].isGone { numbers[name] = nil }
        return true
    }

    mutating func add(_ field: OdooField) {
        numbers[field.name] = fields.count
        fields.append(field)
    }
}
