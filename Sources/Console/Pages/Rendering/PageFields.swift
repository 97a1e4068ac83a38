import Mustache

/// A page's value as templates see it: the fields of a struct by name.
///
/// Mustache looks for a name it does not find in the value around it. A field that is nil would so show its
/// neighbour's; here a field that exists is found, also when it holds nothing. A field's own fields are read when a
/// template first enters it. One rendering is one thread's: nothing here is shared.
final class PageFields: MustacheParent {
    private var fields: [String: Field] = [:]

    private enum Field {
        case unread(Any)
        case read(Any)
    }

    init(_ value: Any) {
        let children = Mirror(reflecting: value).children
        fields.reserveCapacity(children.count)
        for child in children {
            guard let name = child.label else { continue }
            fields[name] = .unread(child.value)
        }
    }

    func child(named name: String) -> Any? {
        switch fields[name] {
        case .read(let value): return value
        case .unread(let value):
            let value = Self.represent(value)
            fields[name] = .read(value)
            return value
        case nil: return nil
        }
    }

    static func represent(_ value: Any) -> Any {
        let type = type(of: value)
        // Most fields are texts: known by their type, without asking a mirror.
        if type == String.self || type == Bool.self || type == Int.self { return value }
        if type == String?.self { return value as? String ?? Absent() }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { represent($0.value) } ?? Absent()
        case .collection: return mirror.children.map { represent($0.value) }
        case .enum: return EnumField(value, mirror: mirror)
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

    init(_ value: Any, mirror: Mirror) {
        let child = mirror.children.first
        self.renderText = child?.label ?? String(describing: value)
        self.payload = child.map { PageFields.represent($0.value) } ?? true
    }

    var isNull: Bool { false }

    func child(named name: String) -> Any? {
        name == renderText ? payload : nil
    }
}
