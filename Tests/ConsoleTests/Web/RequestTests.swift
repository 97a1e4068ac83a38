import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Console

struct RequestTests {
    @Test(arguments: [
        (["203.0.113.9"], "10.0.0.1", "203.0.113.9"), (["1.2.3.4, 203.0.113.9"], "10.0.0.1", "203.0.113.9"),
        (["203.0.113.9, 10.0.0.2"], "10.0.0.1", "203.0.113.9"), (["1.2.3.4"], "198.51.100.7", "198.51.100.7"),
        ([], "10.0.0.1", "10.0.0.1"),
    ])
    func `only a proxy of ours is believed about whom it speaks for`(
        forwarded: [String], peer: String, expected: String
    ) {
        let address = ClientAddress(peer: peer, forwarded: forwarded) { $0.hasPrefix("10.") }
        #expect(address.text == expected)
    }

    @Test(arguments: [
        ("203.0.113.9", "203.0.113.9"), ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3::4", "20.1.d.b8.0.1.0.2/64"), ("unknown", "unknown"),
    ])
    func `failures of one IPv6 network count together`(address: String, expected: String) {
        #expect(ClientNetwork(address).text == expected)
    }

    @Test(arguments: [
        ("es-MX,es;q=0.9,en;q=0.8", Language.spanish), ("de,en;q=0.5,es;q=0.7", .spanish), ("en-GB", .english),
        ("es;q=0,en", .english),
    ])
    func `the browser's languages are weighed`(header: String, language: Language) {
        #expect(ReaderChoices.language(accepted: header) == language)
    }

    @Test(arguments: ["de,fr;q=0.5", "", ";;;q=,", "*"])
    func `a browser that reads neither language says nothing`(header: String) {
        #expect(ReaderChoices.language(accepted: header) == nil)
    }

    @Test func `times are those of the browser's place, unless the company has said its own`() {
        let head = HTTPRequest(
            method: .get, scheme: nil, authority: nil, path: "/",
            headerFields: [.cookie: "puente_zone=America%2FMexico_City"])
        let cookies = ConsoleCookies(Request(head: head, body: .init(buffer: ByteBuffer())), isSecure: false)
        var settings = ConsoleSettings(zone: .gmt)
        let free = ReaderChoices(staff: nil, cookies: cookies, accepted: nil, settings: settings)
        settings.isZoneFixed = true
        let fixed = ReaderChoices(staff: nil, cookies: cookies, accepted: nil, settings: settings)

        #expect(free.zone.identifier == "America/Mexico_City")
        #expect(fixed.zone == .gmt)
    }

    @Test func `a time zone is a name that the system knows`() {
        #expect(ReaderChoices.zone(named: "America%2FMexico_City")?.identifier == "America/Mexico_City")
        for text in ["../../etc/passwd", "America%2FNowhere", "%ff", "", String(repeating: "A", count: 300)] {
            #expect(ReaderChoices.zone(named: text) == nil)
        }
    }

    @Test(arguments: [
        ("bytes=0-99", ByteRange.part(0...99)), ("bytes=900-", .part(900...999)), ("bytes=-100", .part(900...999)),
        ("bytes=990-2000", .part(990...999)), ("bytes=1000-", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=5-1", .whole), ("bytes=0-1,3-4", .whole), ("lines=1-2", .whole), ("bytes=a-b", .whole),
        ("bytes=99999999999999999999-", .whole),
    ])
    func `one range of bytes is understood, the rest is the whole`(header: String, range: ByteRange) {
        #expect(ByteRange(header, size: 1000) == range)
    }

    @Test func `a notice survives its cookie, and nothing else is one`() {
        let notice = FlashNotice(.deadLetters, "retries", count: 3)
        #expect(FlashNotice(notice.description) == notice)
        for text in ["deadLetters.retries", "x.retries.3", "deadLetters.retries.-1", "deadLetters.retries.9999999"] {
            #expect(FlashNotice(text) == nil)
        }
    }
}
