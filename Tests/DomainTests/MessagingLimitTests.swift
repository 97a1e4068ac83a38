import Testing

@testable import Domain

@Suite struct MessagingLimitTests {
    @Test(arguments: [
        ("TIER_250", MessagingLimit.people(250)), ("TIER_2K", .people(2000)), ("TIER_2000", .people(2000)),
        ("TIER_100K", .people(100_000)), ("2000", .people(2000)), ("TIER_UNLIMITED", .unlimited), ("-1", .unlimited),
    ])
    func `Meta's words for a limit are read`(text: String, limit: MessagingLimit) {
        #expect(MessagingLimit(text) == limit)
        #expect(MessagingLimit(limit.text) == limit)
    }

    @Test(arguments: ["", "TIER_NOT_SET", "TIER_", "K", "-2", "99999999999999999999", "9223372036854775807K"])
    func `what says nothing is no limit`(text: String) {
        #expect(MessagingLimit(text) == nil)
    }
}
