import Domain
import Foundation
import Testing

@testable import Console

@Suite struct `The console's assets` {
    @Test func `are served under an address that changes with their content`() throws {
        let assets = try AssetLibrary(folder: SampleWorld.assetsFolder)
        let url = assets.url(of: "css/app.css")
        let served = try #require(assets.file(at: url))

        #expect(url.wholeMatch(of: #/\/assets\/css\/app\.[0-9a-f]{16}\.css/#) != nil)
        #expect(served.isImmutable)
        #expect(served.file.contentType == "text/css; charset=utf-8")
        #expect(AssetFile(path: "a.css", bytes: [1]).url != AssetFile(path: "a.css", bytes: [2]).url)
    }

    @Test func `are also found by their plain address, which must not be cached for ever`() throws {
        let assets = try AssetLibrary(folder: SampleWorld.assetsFolder)

        #expect(assets.file(at: "/assets/icons/mark.svg")?.isImmutable == false)
    }

    @Test(arguments: ["/assets/../Package.swift", "/assets/templates/layout.mustache", "/assets/", "/etc/passwd", ""])
    func `hold nothing outside the public folders`(path: String) throws {
        #expect(try AssetLibrary(folder: SampleWorld.assetsFolder).file(at: path) == nil)
    }

    @Test func `style sheets name fonts by the address with the fingerprint`() throws {
        let assets = try AssetLibrary(folder: SampleWorld.assetsFolder)
        let css = try #require(assets.file(at: assets.url(of: "css/app.css"))).file
        let text = String(decoding: css.bytes, as: UTF8.self)

        for match in text.matches(of: #/url\("([^"]+)"\)/#) {
            #expect(assets.file(at: String(match.1))?.isImmutable == true, "\(match.1)")
        }
    }

    @Test func `everything vendored has its licence beside it`() throws {
        let notices = try String(contentsOfFile: SampleWorld.assetsFolder + "/THIRD_PARTY.md", encoding: .utf8)
        let assets = try AssetLibrary(folder: SampleWorld.assetsFolder)

        for file in assets.files where file.path.hasPrefix("licenses/") { #expect(notices.contains(file.path)) }
        for file in assets.files where file.path.hasPrefix("js/vendor/") { #expect(notices.contains(file.path)) }
    }

    @Test func `are looked for where the operator says, and nowhere else`() {
        #expect(throws: PuenteError.self) {
            try AssetFolder.resolve(environment: ["PUENTE_ASSETS": "/nowhere"], program: "/usr/bin/puente")
        }
        #expect(AssetFolder.candidates(environment: ["PUENTE_ASSETS": "/x"], program: "/usr/bin/puente") == ["/x"])
    }

    @Test func `are looked for beside an installed program and around a built one`() {
        #expect(
            AssetFolder.candidates(environment: [:], program: "/opt/p/bin/puente") == [
                "/opt/p/share/puente", "/opt/p/bin/Assets",
            ])
        #expect(
            AssetFolder.candidates(environment: [:], program: "/src/.build/release/puente").last == "/src/Assets")
    }

    @Test func `a template that names a missing part stops the start with its name`() throws {
        let folder = NSTemporaryDirectory() + "puente-templates-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/templates", withIntermediateDirectories: true)
        // A left-over in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "{{>gone}}".write(toFile: folder + "/templates/a.mustache", atomically: true, encoding: .utf8)

        let error = #expect(throws: PuenteError.self) { try TemplateSources(folder: folder) }
        #expect(error?.message.en == "A template of the console is damaged: a.mustache: there is no template \"gone\"")
    }
}
