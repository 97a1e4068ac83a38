import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

struct FileTests {
    @Test func `assets with a fingerprint are kept for ever, and known ones are not sent again`() async throws {
        try await ConsoleWorld.run { world, browser in
            let css = try #require(world.parts.assets.files.first { $0.path == "css/app.css" })

            let first = try await browser.get(css.url)
            #expect(first.status == .ok)
            #expect(first.bytes == css.bytes)
            #expect(first.headers[.contentType] == "text/css; charset=utf-8")
            #expect(first.headers[.cacheControl] == "public, max-age=31536000, immutable")

            let again = try await browser.get(css.url, [.ifNoneMatch: "\"x\", W/\(css.etag)"])
            #expect(again.status == .notModified)
            #expect(again.bytes.isEmpty)

            #expect(try await browser.get("/assets/css/app.css").headers[.cacheControl] == "no-cache")
        }
    }

    @Test(arguments: ["/assets/", "/assets/../Package.swift", "/assets/templates/layout.mustache", "/assets/%2e%2e/x"])
    func `nothing but assets is an asset`(path: String) async throws {
        try await ConsoleWorld.run { (_, browser) async throws in
            #expect(try await browser.get(path).status == .notFound)
        }
    }

    private static let picture = Array("\u{89}PNG picture of a stranger".utf8)

    @Test func `a picture is shown, in pieces where they are asked for`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let media = try await world.media(Self.picture, mimeType: "image/png", filename: "fotó.png")

            let whole = try await browser.get("/media/\(media)")
            #expect(whole.status == .ok)
            #expect(whole.bytes == Self.picture)
            #expect(whole.headers[.contentType] == "image/png")
            #expect(whole.headers[.contentDisposition] == "inline; filename*=UTF-8''fot%C3%B3.png")
            #expect(whole.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
            #expect(whole.headers[.xContentTypeOptions] == "nosniff")

            let part = try await browser.get("/media/\(media)", [.range: "bytes=2-5"])
            #expect(part.status == .partialContent)
            #expect(part.bytes == Array(Self.picture[2...5]))
            #expect(part.headers[.contentRange] == "bytes 2-5/\(Self.picture.count)")

            let beyond = try await browser.get("/media/\(media)", [.range: "bytes=9999-"])
            #expect(beyond.status == .rangeNotSatisfiable)

            let tag = try #require(whole.headers[.eTag])
            #expect(try await browser.get("/media/\(media)", [.ifNoneMatch: tag]).status == .notModified)
        }
    }

    @Test(arguments: [
        "text/html", "image/svg+xml", "application/pdf", "application/javascript", "", "image/png\r\nX: y",
    ])
    func `what could run in a browser is saved, not shown`(type: String) async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let media = try await world.media(Array("<script>".utf8), mimeType: type, filename: "a\r\nb\".html")

            let answer = try await browser.get("/media/\(media)")

            #expect(answer.headers[.contentType] == "application/octet-stream")
            #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(answer.headers[.contentDisposition]?.contains("\n") == false)
        }
    }

    @Test func `files of another company, and of nobody, are not found`() async throws {
        try await ConsoleWorld.run { world, browser in
            let media = try await world.media(Self.picture, mimeType: "image/png", filename: nil)
            #expect(try await browser.get("/media/\(media)").status == .seeOther)

            try await world.stranger(email: "luis@otra.mx")
            _ = try await browser.signIn(email: "luis@otra.mx")

            #expect(try await browser.get("/media/\(media)").status == .notFound)
            #expect(try await browser.get("/media/0000000000000").status == .notFound)
            #expect(try await browser.get("/media/..%2F..%2Fpuente.db").status == .notFound)
        }
    }
}
