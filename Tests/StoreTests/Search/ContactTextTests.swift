import Testing

@testable import Store

@Suite struct ContactTextTests {
    @Test func `words stand behind two spaces, small and without accents, each once`() {
        let text = ContactText(
            name: "Lucía  Núñez", profileName: "LUCÍA", username: "lu.nunez",
            addresses: ["5215512345678", "525512345678", "Lucia@Ejemplo.mx"])

        #expect(text.text == "  lucia  nunez  lu.nunez  5215512345678  525512345678  lucia@ejemplo.mx")
        #expect(text.sortName == "lucia nunez")
    }

    @Test func `writing without spaces is found by its parts`() {
        #expect(ContactText(name: "王小明", addresses: []).text == "  王小明  小明")
        #expect(ContactText(name: "王芳", addresses: []).text == "  王芳")
    }

    @Test func `who has no name is sorted behind all names, by the address`() {
        let nameless = ContactText(name: "  ", addresses: ["5215512345678"]).sortName

        #expect(nameless > ContactText(name: "王芳", addresses: []).sortName)
        #expect(nameless.hasSuffix("5215512345678"))
        #expect(ContactText(profileName: "Ana", addresses: []).sortName == "ana")
        #expect(ContactText(username: "ana.mx", addresses: []).sortName == "ana.mx")
    }

    @Test func `what looks like one letter takes no more room than an index has`() {
        let family = String(repeating: "👩\u{200D}", count: 4000)
        let text = ContactText(name: family, addresses: [family])

        #expect(text.sortName.utf8.count <= 960)
        #expect(text.text.utf8.count <= 500)
        #expect(ContactText(addresses: [family]).sortName.utf8.count <= 1000)
    }

    @Test(
        "what is typed becomes what is looked for",
        arguments: [
            ("Lucía FERN", [["lucia"], ["fern"]]), ("王", [["  王"]]), ("王芳", [[" 王芳"]]), ("lu", [[" lu"]]),
            ("@lucia", [["lucia"]]), ("+52 (55) 1234-5678", [["525512345678"]]), ("0052 55 1234", [["52551234"]]),
            ("0912-345-678", [["912345678"]]), ("５５ １２３４", [["551234"]]), ("٥٥١٢٣٤", [["551234"]]), ("", []),
            ("  ", []), ("12", [[" 12"]]), ("000", [["000"]]),
            ("000215", [["000215"]]), ("001234", [["001234"]]), ("0034 600", [["34600"]]),
        ] as [(String, [[String]])])
    func typed(text: String, needles: [[String]]) {
        #expect(SearchText(text).words.map(\.needles) == needles)
    }

    @Test func `a number is looked for as typed and in international form`() {
        #expect(
            SearchText("55 1234 5678", number: "525512345678").words.map(\.needles) == [["5512345678", "525512345678"]])
        #expect(SearchText("+52 55 1234 5678", number: "525512345678").words.map(\.needles) == [["525512345678"]])
        #expect(SearchText("ana", number: nil).words.map(\.needles) == [["ana"]])
    }
}
