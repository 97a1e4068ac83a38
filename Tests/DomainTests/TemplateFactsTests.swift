import Domain
import Testing

@Suite struct TemplateFactsTests {
    private func facts(
        _ variables: [String], named: Bool = false, header: TemplateFacts.Header? = nil,
        buttons: [TemplateFacts.ButtonSlot] = [], text: String = "Hola {{1}}, su pedido {{2}} salió."
    ) -> TemplateFacts {
        TemplateFacts(
            status: "APPROVED", category: "UTILITY", header: header, bodyVariables: variables, isNamed: named,
            buttonSlots: buttons, bodyText: text, footerText: nil)
    }

    private func content(
        _ body: [String], header: [TemplateContent.Parameter] = [], buttons: [TemplateContent.ButtonParameter] = []
    ) -> TemplateContent {
        TemplateContent(
            name: "t", language: "es_MX", header: header, body: body.map { .init(value: .text($0)) }, buttons: buttons)
    }

    @Test func `every variable needs a value that is not blank, and none is left over`() {
        let facts = facts(["1", "2"])
        #expect(facts.isFilled(by: content(["Lucía", "42"])))
        #expect(!facts.isFilled(by: content(["Lucía"])))
        #expect(!facts.isFilled(by: content(["Lucía", "42", "más"])))
        #expect(!facts.isFilled(by: content(["Lucía", " \n\t"])))
        #expect(!facts.isFilled(by: content(["", "42"])))
    }

    @Test func `named variables need exactly their names`() {
        let facts = facts(["name"], named: true, text: "Hola {{name}}")
        func content(_ name: String?) -> TemplateContent {
            TemplateContent(name: "t", language: "es", body: [.init(name: name, value: .text("Lucía"))])
        }
        #expect(facts.isFilled(by: content("name")))
        #expect(!facts.isFilled(by: content("nombre")))
        #expect(!facts.isFilled(by: content(nil)))
        #expect(facts.rendered(with: content("name")) == "Hola Lucía")
    }

    @Test func `a header with a picture needs the picture, and a plain one takes none`() {
        let picture = TemplateContent.Parameter(value: .media(MediaContent(kind: .image, mediaID: "1")))
        let empty = TemplateContent.Parameter(value: .media(MediaContent(kind: .image)))
        let facts = facts([], header: .image)
        #expect(facts.isFilled(by: content([], header: [picture])))
        #expect(!facts.isFilled(by: content([], header: [empty])))
        #expect(!facts.isFilled(by: content([])))
        #expect(!self.facts([]).isFilled(by: content([], header: [picture])))
    }

    @Test func `a button with a variable needs its value at its place`() {
        let facts = facts([], buttons: [.init(index: 1, subType: "url")])
        func button(_ index: Int, _ value: String) -> TemplateContent.ButtonParameter {
            .init(subType: "url", index: index, parameters: [.init(value: .text(value))])
        }
        #expect(facts.isFilled(by: content([], buttons: [button(1, "42")])))
        #expect(!facts.isFilled(by: content([], buttons: [button(0, "42")])))
        #expect(!facts.isFilled(by: content([], buttons: [button(1, " ")])))
        #expect(!facts.isFilled(by: content([])))
    }

    @Test func `the rendered text reads as the customer reads it`() {
        let rendered = facts(["1", "2"]).rendered(with: content(["Lucía", "42"]))
        #expect(rendered == "Hola Lucía, su pedido 42 salió.")
    }

    @Test func `a variable that is written twice is filled twice, and a missing value leaves its mark`() {
        let facts = facts(["1", "2"], text: "{{1}} {{1}} {{2}}")
        #expect(facts.rendered(with: content(["a"])) == "a a {{2}}")
    }

    @Test func `a value that looks like a variable stays as it is written`() {
        let facts = facts(["1", "2"], text: "{{1}}, {{2}}.")
        #expect(facts.rendered(with: content(["{{2}}", "42"])) == "{{2}}, 42.")
        #expect(facts.rendered(with: content(["{{", "1}}"])) == "{{, 1}}.")
    }

    @Test func `spaces inside a variable's braces are no part of its name, and other braces are text`() {
        let facts = facts(["1"], text: "{{}} {{ 1 }} {{a b!}} }} {{")
        #expect(facts.rendered(with: content(["Lucía"])) == "{{}} Lucía {{a b!}} }} {{")
    }
}
