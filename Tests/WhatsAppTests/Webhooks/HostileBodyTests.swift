import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct HostileBodyTests {
    private func reasons(_ body: [UInt8]) -> [UnroutedReason?] {
        WebhookDecoder.decode(body).updates.map(\.fact.unrouted)
    }

    @Test(arguments: [
        "", " ", "nul", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "01", "1e", "-", "\"abc", "\"\\x\"", "{}{}", "\"\\u12",
    ])
    func `what is no JSON is kept as such`(text: String) {
        let updates = WebhookDecoder.decode(Array(text.utf8)).updates

        #expect(updates.map(\.fact) == [.unrouted(.invalidJSON, excerpt: text)])
    }

    @Test(arguments: [
        "{}", "[]", "7", "null", "\"x\"", #"{"object":"page","entry":[{}]}"#,
        #"{"object":"whatsapp_business_account"}"#,
        #"{"object":"whatsapp_business_account","entry":[]}"#, #"{"object":7,"entry":[{}]}"#,
    ])
    func `JSON that is no webhook is kept as such`(text: String) {
        #expect(reasons(Array(text.utf8)) == [.notAWebhook])
    }

    @Test func `nesting is bounded`() {
        let deep = { (levels: Int) in
            Array(repeating: UInt8(ascii: "["), count: levels) + Array(repeating: UInt8(ascii: "]"), count: levels)
        }

        #expect(reasons(deep(65)) == [.invalidJSON])
        #expect(reasons(deep(64)) == [.notAWebhook])
        #expect(reasons(Array(repeating: UInt8(ascii: "["), count: 3_000_000)) == [.invalidJSON])
        #expect(reasons(Array(String(repeating: #"{"a":"#, count: 100_000).utf8)) == [.invalidJSON])
    }

    @Test func `every truncation of a body is kept, none is lost`() throws {
        let body = try Fixture.bytes("batch_mixed_entries_changes_messages")
        let end = try #require(body.lastIndex(of: UInt8(ascii: "}")))

        for length in 0..<end {
            #expect(reasons(Array(body[..<length])) == [.invalidJSON])
        }
    }

    @Test func `a bad change between two good ones costs only itself`() {
        let message = #"{"id":"ID","from":"1","timestamp":"1749416383","type":"text","text":{"body":"x"}}"#
        let good = { (id: String) in
            #"{"field":"messages","value":{"messages":[\#(message.replacing("ID", with: id))]}}"#
        }
        for bad in [
            "7", "null", "{}", #"{"field":"messages"}"#, #"{"field":"messages","value":[1]}"#, #"{"field":[]}"#,
        ] {
            let body = """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[\(good("a")),\(bad),\(good("b"))]}]}
                """
            let facts = WebhookDecoder.decode(Array(body.utf8)).updates.map(\.fact)

            #expect(facts.map { FactKind($0) } == [.message, .unrouted, .message])
            #expect(facts.compactMap(\.message?.id) == ["a", "b"])
        }
    }

    @Test func `a bad item between two good ones costs only itself, in every list`() {
        let message = #"{"id":"a","from":"1","timestamp":"1749416383","type":"text","text":{"body":"x"}}"#
        let status = #"{"id":"a","status":"sent","timestamp":"1749416383"}"#
        let preference = #"{"wa_id":"1","value":"stop","timestamp":1749416383}"#
        let update = #"{"user_id":{"previous":"A.1","current":"A.2"},"timestamp":1749416383}"#
        let echo = #"{"id":"a","to":"1","timestamp":"1749416383","type":"text","text":{"body":"x"}}"#
        for (key, item) in [
            ("messages", message), ("statuses", status), ("user_preferences", preference), ("user_id_update", update),
            ("message_echoes", echo), ("history", #"{"threads":[{"id":"1","messages":[\#(message)]}]}"#),
        ] {
            for bad in ["7", "[]", "{}", #""x""#] {
                let facts = WebhookDecoder.decode(webhook("{\"\(key)\":[\(item),\(bad),\(item)]}")).updates.map(\.fact)

                #expect(facts.count == 3)
                #expect(facts.map { $0.unrouted != nil || $0.notice != nil } == [false, true, false])
            }
        }
    }

    @Test func `a list that is none is looked at, not skipped`() {
        #expect(reasons(webhook(#"{"messages":"oops","statuses":[]}"#)) == [.malformed])
        #expect(reasons(webhook(#"{"messages":{"id":"a","from":"1","timestamp":1749416383,"type":"x"}}"#)) == [nil])
    }

    @Test func `a field of which we know nothing is kept with its content`() {
        let update = WebhookDecoder.decode(webhook(#"{"a":9007199254740993}"#, field: "telepathy")).updates.first

        #expect(update?.field == "telepathy")
        #expect(update?.fact.unrouted == .unknownField)
        #expect(update?.fact.excerpt == #"{"field":"telepathy","value":{"a":9007199254740993}}"#)
    }

    @Test func `half a surrogate pair and U+0000 cost one character`() {
        let text = content("text", #"{"body":"a\ud83dz \u0000 \ude00\ud83d\ude00"}"#)

        #expect(text == .text(TextContent(body: "a\u{FFFD}z \u{FFFD} \u{FFFD}😀")))
    }

    @Test func `broken UTF-8 and raw control characters cost one character`() {
        var body = webhook(#"{"messages":[{"id":"a","from":"1","timestamp":1749416383,"text":{"body":"#)
        body = Array(body.prefix { $0 != UInt8(ascii: "#") })
        let head =
            #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":"#
            + #"{"messages":[{"id":"a","from":"1","timestamp":1749416383,"text":{"body":""#
        let bytes = Array(head.utf8) + [0x41, 0xFF, 0x00, 0x01, 0xC3] + Array(#""}}]}}]}]}"#.utf8)

        #expect(
            WebhookDecoder.decode(bytes).updates.first?.fact.message?.content
                == .text(TextContent(body: "A\u{FFFD}\u{FFFD}\u{1}\u{FFFD}")))
    }

    @Test(arguments: [
        "99999999999999999999999999", "-1", "1e400", "0", "\"\"", "\"soon\"", "null", "{}", "true", "1e18",
        "9223372036854775807", "-9223372036854775808", "5000000000",
    ])
    func `a time that is none leaves the message unrouted`(time: String) {
        let found = facts(ofMessage: #"{"id":"a","from":"1","timestamp":\#(time),"type":"text","text":{"body":"x"}}"#)

        #expect(found.map(\.unrouted) == [.malformed])
    }

    @Test(
        arguments: [
            ("1749416383", 1_749_416_383_000), ("\"1749416383\"", 1_749_416_383_000),
            ("1749416383.9", 1_749_416_383_000),
            ("1749416383123", 1_749_416_383_123), ("1.749416383e9", 1_749_416_383_000),
        ] as [(String, Int64)])
    func `a time comes as number, string, fraction or milliseconds`(time: String, milliseconds: Int64) {
        let found = facts(ofMessage: #"{"id":"a","from":"1","timestamp":\#(time),"type":"text","text":{"body":"x"}}"#)

        #expect(found.first?.message?.at == Timestamp(milliseconds: milliseconds))
    }

    @Test func `an item without a time takes the entry's`() {
        let body = """
            {"object":"whatsapp_business_account","entry":[{"id":"1","time":1749416383,"changes":[{"field":"messages",
             "value":{"statuses":[{"id":"a","status":"sent"}]}}]}]}
            """

        #expect(
            WebhookDecoder.decode(Array(body.utf8)).updates.first?.fact.status?.at == Timestamp(seconds: 1_749_416_383))
    }

    @Test func `an excerpt ends at two kilobytes, between characters`() throws {
        for filler in ["ñ", "😀", "€", "x"] {
            let body = webhook("\"\(String(repeating: filler, count: 3000))\"", field: "new")
            let excerpt = try #require(WebhookDecoder.decode(body).updates.first?.fact.excerpt)

            #expect(excerpt.utf8.count <= 2048)
            #expect(excerpt.utf8.count > 2040)
            #expect(!excerpt.contains("\u{FFFD}"))
        }
        let broken = try #require(
            WebhookDecoder.decode(Array(repeating: 0xFF, count: 5000)).updates.first?.fact.excerpt)
        #expect(broken.utf8.count <= 2048)
    }

    @Test func `a thousand updates in one body come out in order`() {
        let statuses = (0..<1000).map { #"{"id":"w\#($0)","status":"sent","timestamp":"1749416383"}"# }
        let updates = WebhookDecoder.decode(webhook("{\"statuses\":[\(statuses.joined(separator: ","))]}")).updates

        #expect(updates.compactMap(\.fact.status?.messageID) == (0..<1000).map { "w\($0)" })
    }

    /// The seed is fixed, so that a failure can be repeated.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `no mutation of a real payload stops the decoder`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for name in try Fixture.names() {
            let original = try Fixture.bytes(name)
            for _ in 0..<10 {
                let updates = WebhookDecoder.decode(random.mutation(of: original)).updates

                #expect(!updates.isEmpty)
                #expect(updates.allSatisfy { ($0.fact.excerpt ?? "").utf8.count <= 2048 })
            }
        }
    }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// The bytes with a few changes: other bytes, cuts, copies, tokens of JSON in odd places.
    mutating func mutation(of original: [UInt8]) -> [UInt8] {
        let tokens = [
            "null", "{}", "[]", "7", "-1e999", "\"\"", "\\ud800", "\\u0000", "[[[[", "\"x\"", ",", ":", "\"", "true",
        ]
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            let end = min(bytes.count, place + Int.random(in: 1...12, using: &self))
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.replaceSubrange(place..<end, with: (tokens.randomElement(using: &self) ?? "").utf8)
            default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &self))
            }
        }
        return bytes
    }
}
