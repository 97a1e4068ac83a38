import Domain
import Testing

@Suite struct ConsentStandingTests {
    /// `+` a yes, `++` a confirmed one, `-` a no, `?` a start word; then the source, and the second at which it was said.
    private struct Said: Sendable {
        let change: ConsentEntry.Change
        let isDouble: Bool
        let source: ConsentSource
        let second: Int64
        let words: String

        init(_ sign: String, _ source: ConsentSource, _ second: Int64, words: String = "Sí") {
            change = sign == "-" ? .withdrawn : sign == "?" ? .requested : .granted
            isDouble = sign == "++"
            self.source = source
            self.second = second
            self.words = words
        }
    }

    private static func entries(_ said: [Said]) -> [ConsentEntry] {
        said.enumerated().map { place, said in
            ConsentEntry(
                id: ConsentEntryID(rawValue: Int64(place + 1)), purpose: .marketing, change: said.change,
                isDouble: said.isDouble, source: said.source, words: said.words, at: Timestamp(seconds: said.second),
                recordedAt: Timestamp(seconds: 1000), actor: "Ana")
        }
    }

    private static func standing(_ said: Said...) -> ConsentStanding? {
        let entries = entries(said)
        let standing = ConsentStanding.of(entries)
        // In whatever order they reach us.
        #expect(ConsentStanding.of(entries.reversed()) == standing)
        return standing
    }

    @Test func `nobody has allowed anything who was never asked`() {
        #expect(Self.standing() == nil)
        #expect(Self.standing(Said("?", .message, 1)) == nil)
    }

    @Test func `the newest word wins, by the time at which it was said`() {
        #expect(Self.standing(Said("+", .form, 1), Said("-", .message, 2))?.word == .withdrawn)
        #expect(Self.standing(Said("-", .message, 2), Said("+", .form, 1))?.word == .withdrawn)
        #expect(Self.standing(Said("-", .message, 1), Said("+", .form, 2))?.word == .granted)
    }

    @Test func `of two words in one second the no wins`() {
        #expect(Self.standing(Said("-", .message, 5), Said("++", .optIn, 5))?.word == .withdrawn)
    }

    @Test(arguments: [ConsentSource.import, .crm])
    func `a list or another system makes no yes out of a no`(source: ConsentSource) {
        #expect(Self.standing(Said("-", .message, 1), Said("+", source, 9))?.word == .withdrawn)
        #expect(Self.standing(Said("+", source, 9))?.word == .granted)
    }

    @Test(arguments: [ConsentSource.form, .staff, .api])
    func `what was written down lifts a no only with its words`(source: ConsentSource) {
        #expect(Self.standing(Said("-", .message, 1), Said("+", source, 9, words: " "))?.word == .withdrawn)
        #expect(Self.standing(Said("-", .message, 1), Said("+", source, 9))?.word == .granted)
    }

    @Test func `a confirmed yes stays confirmed when a plain one follows, and begins anew after a no`() {
        #expect(Self.standing(Said("++", .optIn, 1), Said("+", .import, 2))?.isDouble == true)
        #expect(Self.standing(Said("+", .import, 1), Said("++", .optIn, 2))?.isDouble == true)
        let later = Self.standing(Said("++", .optIn, 1), Said("-", .message, 2), Said("+", .form, 3))
        #expect(later?.word == .granted && later?.isDouble == false)
    }

    @Test func `Meta's resume gives back what was there before its stop, and nothing beyond`() {
        let before = Self.standing(Said("++", .optIn, 1), Said("-", .meta, 2), Said("+", .meta, 3))
        #expect(before?.word == .granted && before?.isDouble == true)
        #expect(Self.standing(Said("-", .meta, 2), Said("+", .meta, 3)) == nil)
        #expect(Self.standing(Said("+", .meta, 3)) == nil)
        let wrote = Self.standing(
            Said("++", .optIn, 1), Said("-", .meta, 2), Said("-", .message, 3), Said("+", .meta, 4))
        #expect(wrote?.word == .withdrawn)
        let told = Self.standing(Said("++", .optIn, 1), Said("-", .message, 2), Said("+", .meta, 4))
        #expect(told?.word == .withdrawn)
    }

    @Test func `a merge says outright what both came to`() {
        #expect(Self.standing(Said("++", .optIn, 5), Said("-", .merge, 9))?.word == .withdrawn)
        let plain = Self.standing(Said("++", .optIn, 5), Said("+", .merge, 9))
        #expect(plain?.word == .granted && plain?.isDouble == false)
        #expect(Self.standing(Said("-", .merge, 9), Said("++", .optIn, 12))?.isDouble == true)
    }

    @Test func `a no that goes on keeps its beginning, and names its newest entry`() {
        let standing = Self.standing(Said("-", .message, 1), Said("-", .meta, 4))
        #expect(standing?.since == Timestamp(seconds: 1))
        #expect(standing?.entry == ConsentEntryID(rawValue: 2))
    }

    @Test func `whoever said no is asked again only after a word of their own`() {
        func mayBeAsked(_ said: Said...) -> Bool { ConsentHistory(Self.entries(said)).mayBeAsked }
        #expect(mayBeAsked())
        #expect(mayBeAsked(Said("+", .import, 1)))
        #expect(!mayBeAsked(Said("-", .message, 2)))
        #expect(!mayBeAsked(Said("?", .message, 1), Said("-", .message, 2)))
        #expect(mayBeAsked(Said("-", .message, 2), Said("?", .message, 3)))
        #expect(mayBeAsked(Said("-", .message, 2), Said("+", .meta, 3)))
        #expect(!mayBeAsked(Said("-", .message, 2), Said("+", .crm, 3)))
    }

    @Test func `consent has three tiers`() {
        func tier(_ said: Said...) -> ConsentTier { ConsentHistory(Self.entries(said)).tier }
        #expect(tier() == .transactionalOnly)
        #expect(tier(Said("+", .form, 1)) == .marketing)
        #expect(tier(Said("++", .optIn, 1)) == .marketingWithProof)
        #expect(tier(Said("++", .optIn, 1), Said("-", .message, 2)) == .transactionalOnly)
    }

    @Test func `a category that is not known counts as marketing`() {
        #expect(ConsentPurpose(templateCategory: "UTILITY") == .utility)
        #expect(ConsentPurpose(templateCategory: "authentication") == .service)
        for category in ["MARKETING", "MARKETING_LITE", "", "NEW"] {
            #expect(ConsentPurpose(templateCategory: category) == .marketing)
        }
    }
}
