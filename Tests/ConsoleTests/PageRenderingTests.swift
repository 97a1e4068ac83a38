import Domain
import Foundation
import Testing

@testable import Console

@Suite struct `Every page` {
    @Test func `is made of the same parts that are fetched again`() throws {
        let world = try SampleWorld(.english)
        let pages = samplePages(world).map(\.1).joined()
        for (name, html) in sampleFragments(world) {
            let opening = try #require(html.firstMatch(of: #/^<[^>]+ id="([^"]+)"/#), "\(name) begins with its element")
            #expect(pages.contains(" id=\"\(opening.1)\""), "\(name)")
        }
    }

    @Test(arguments: Language.allCases)
    func `finds each name that its template asks for`(in language: Language) throws {
        let missing = MissingNames()
        let world = try SampleWorld(language, missing: missing)
        for (name, html) in samplePages(world) + sampleFragments(world) {
            #expect(!html.isEmpty, "\(name)")
        }
        #expect(missing.names == [])
    }

    @Test(arguments: Language.allCases)
    func `names its language, has one heading of the first order and one main part`(in language: Language) throws {
        for (name, html) in samplePages(try SampleWorld(language)) {
            #expect(html.contains("<html lang=\"\(language.rawValue)\""), "\(name)")
            #expect(html.matches(of: /<h1[ >]/).count == 1, "\(name)")
            #expect(html.matches(of: /<main[ >]/).count == 1, "\(name)")
        }
    }

    @Test func `uses each id once, and only icons that the sprite has`() throws {
        let world = try SampleWorld(.spanish)
        let sprite = try #require(world.assets.file(at: "/assets/icons/icons.svg")).file
        let icons = Set(String(decoding: sprite.bytes, as: UTF8.self).matches(of: /symbol id="([^"]+)"/).map(\.1))
        for (name, html) in samplePages(world) {
            let ids = html.matches(of: #/ id="([^"]+)"/#).map(\.1)
            #expect(Dictionary(grouping: ids, by: \.self).filter { $0.value.count > 1 }.keys.sorted() == [], "\(name)")
            for icon in html.matches(of: /icons\.[0-9a-f]+\.svg#([^"]*)"/).map(\.1) {
                #expect(icons.contains(icon), "\(name) draws \(icon)")
            }
        }
    }

    @Test func `has no inline script, style or handler, so that the strictest content policy holds`() throws {
        for (name, html) in samplePages(try SampleWorld(.english)) {
            #expect(html.firstMatch(of: /<script(?![^>]* src=)/) == nil, "\(name)")
            #expect(html.firstMatch(of: /<[^>]* (style|on[a-z]+)="/) == nil, "\(name)")
        }
    }

    @Test func `carries the session's token in every form that changes something`() throws {
        for (name, html) in samplePages(try SampleWorld(.english)) {
            for form in html.matches(of: #/<form[^>]*method="post"[\s\S]*?</form>/#) {
                #expect(form.output.contains("name=\"csrf\" value=\"\(SampleWorld.csrf)\""), "\(name): \(form.output)")
            }
        }
    }

    @Test func `ends each line of Mustache`() throws {
        for (name, html) in samplePages(try SampleWorld(.english)) {
            let code = html.replacing(/(>|value="|placeholder=")[^<"]*\{\{[0-9a-z_]+\}\}/, with: "")
            #expect(!code.contains("{{") || name.contains("template"), "\(name)")
        }
    }

    @Test func `has a template for every kind of content`() throws {
        let templates = try TemplateSources(folder: SampleWorld.assetsFolder).byName
        let bubbles = ThreadSamples.page(try SampleWorld(.english)).conversation?.messages.entries.compactMap(\.bubble)
        let used = Set((bubbles ?? []).map(\.contentTemplate))

        #expect(used.count == 10)
        #expect(used.filter { templates[$0] == nil } == [])
    }

    @Test func `no template writes anything unescaped`() throws {
        for (name, text) in try TemplateSources(folder: SampleWorld.assetsFolder).byName {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
        }
    }
}
