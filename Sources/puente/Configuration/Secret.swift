/// A secret of the configuration: handed on, never shown, whatever it is printed with.
struct Secret: Equatable, Sendable {
    let value: String

    init(_ value: String) {
        self.value = value
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    var description: String { "•••" }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
