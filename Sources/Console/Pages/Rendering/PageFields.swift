import Mustache

/// A page's value as templates see it: the fields of a struct by name, read once.
///
/// Mustache looks for a name it does not find in the value around it. A field that is nil would so show its
/// neighbour's; here a field that exists is found, also when it holds nothing.
struct PageFields: MustacheParent {
    private let fields: [String: Any]

    init(_ value: Any) {
        var fields: [String: Any] = [:]
        for child in Mirror(reflecting: value).children {
            guard let name = child.label else { continue }
            fields[name] = Self.represent(child.value)
        }
        self.fields = fields
    }

    func child(named name: String) -> Any? {
        fields[name]
    }

    static func represent(_ value: Any) -> Any {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { represent($0.value) } ?? Absent()
        case .collection: return mirror.children.map { represent($0.value) }
        case .enum: return EnumField(value)
        default: return PageFields(value)
        }
    }
}

/// A field that is there and empty.
struct Absent: MustacheCustomRepresentation {
    var representation: Any? { nil }
}

/// A choice as templates see it: `{{tone}}` writes the case's name, `{{#content.media}}` enters its payload.
struct EnumField: MustacheParent, MustacheCustomRenderable {
    let renderText: String
    private let payload: Any

    init(_ value: Any) {
        let child = Mirror(reflecting: value).children.first
        self.renderText = child?.label ?? String(describing: value)
        self.payload = child.map { PageFields.represent($0.value) } ?? true
    }

    var isNull: Bool { false }

    func child(named name: String) -> Any? {
        name == renderText ? payload : nil
    }
}
