import Domain
import Testing

@Suite struct `A field that stands for a well-known one` {
    @Test(arguments: ["City", "Ciudad"])
    func `is called by the language of who looks, whichever it was named in`(name: String) {
        let title = WellKnownField.title(of: "city", named: name)

        #expect(title == LocalizedText(en: "City", es: "Ciudad"))
    }

    @Test func `keeps the name that people gave it`() {
        #expect(WellKnownField.title(of: "city", named: "Sucursal") == .same("Sucursal"))
    }

    @Test func `is known by its key, not by a name that another field has as well`() {
        #expect(WellKnownField.title(of: "town", named: "City") == .same("City"))
    }
}
