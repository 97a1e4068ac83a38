import Testing

@testable import puente

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("12h", .seconds(43_200)),
        ("30d", .seconds(2_592_000)), ("1h30m", .seconds(5400)),
    ])
    func `a duration is read as people write it`(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
    }

    @Test(arguments: ["", "5", "m", "5 m", "-5m", "5w", "5m3", "99999999999999999999d", "36526d", "1.5h"])
    func `what is no duration is none`(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: ["500ms", "30s", "5m", "12h", "30d", "90m"])
    func `a duration is written in its largest whole unit`(text: String) throws {
        #expect(DurationText.text(try #require(DurationText.parse(text))) == text)
    }

    @Test(arguments: [("4096", 4096), ("64KB", 65_536), ("3MB", 3 << 20), ("2 gb", 2 << 30)])
    func `a size is read as people write it`(text: String, bytes: Int) {
        #expect(ByteCount.parse(text) == bytes)
    }

    @Test(arguments: ["", "MB", "-1", "1TB", "99999999999GB", "1.5MB"])
    func `what is no size is none`(text: String) {
        #expect(ByteCount.parse(text) == nil)
    }
}
