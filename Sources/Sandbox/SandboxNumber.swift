/// A business phone number of the sandbox's WABA.
package struct SandboxNumber: Hashable, Sendable {
    package var id = "106540352242922"
    package var display = "+15550783881"
    package var verifiedName = "Ejemplo S.A."

    package init() {}

    package init(id: String, display: String, verifiedName: String) {
        self.id = id
        self.display = display
        self.verifiedName = verifiedName
    }

    /// The number as webhooks carry it.
    var digits: String { display.filter(\.isNumber) }
}
