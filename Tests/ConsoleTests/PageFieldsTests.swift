import Mustache
import Testing

@testable import Console

@Suite struct `A page's value in a template` {
    private struct Inner {
        let name: String?
        let isBold: Bool
    }

    private struct Outer {
        let name: String
        let inner: Inner
        let items: [Inner]
        let choice: Choice
    }

    private enum Choice {
        case quiet
        case loud(Inner)
    }

    private func render(_ template: String, _ value: Outer) throws -> String {
        try MustacheTemplate(string: template).render(PageFields(value))
    }

    private let sample = Outer(
        name: "outer", inner: Inner(name: nil, isBold: true), items: [],
        choice: .loud(Inner(name: "x<y", isBold: false)))

    @Test func `an absent field does not show its neighbour's`() throws {
        #expect(
            try render("{{#inner}}[{{name}}]{{#name}}no{{/name}}{{^name}}none{{/name}}{{/inner}}", sample) == "[]none")
    }

    @Test func `a field of the surroundings is found from within`() throws {
        #expect(try render("{{#choice.loud}}{{inner.isBold}}{{/choice.loud}}", sample) == "true")
    }

    @Test func `a choice writes its name and opens only its own payload`() throws {
        #expect(
            try render("{{choice}} {{#choice.loud}}{{name}}{{/choice.loud}}{{#choice.quiet}}q{{/choice.quiet}}", sample)
                == "loud x&lt;y")
    }

    @Test func `an empty list has its own branch`() throws {
        #expect(try render("{{#items}}i{{/items}}{{^items}}none{{/items}}", sample) == "none")
    }
}
