import Domain
import Testing

@Suite struct FieldMergeTests {
    private static let phones: @Sendable (String) -> String? = { text in
        let digits = text.filter(\.isNumber)
        return digits.count >= 8 ? digits : nil
    }

    private func verdict(
        _ ours: String?, _ theirs: String?, agreed: String? = nil, _ direction: SyncDirection = .both,
        _ rule: SyncRule = .ask, shape: FieldShape = .text, oursAt: Int64? = nil, theirsAt: Int64? = nil
    ) -> FieldVerdict {
        FieldMerge(shape: shape, direction: direction, rule: rule, phones: Self.phones).verdict(
            FieldSides(
                ours: ours, theirs: theirs, agreed: agreed, oursAt: oursAt.map(Timestamp.init(milliseconds:)),
                theirsAt: theirsAt.map(Timestamp.init(milliseconds:))))
    }

    @Test func `what means the same is no change, whatever its writing`() {
        #expect(verdict("Lucía  Gómez", "Lucía Gómez ") == .agree("Lucía Gómez "))
        #expect(verdict("+34 600 111 222", "34600111222", shape: .phone) == .agree("34600111222"))
        #expect(verdict("A@B.es", "a@b.es", shape: .email) == .agree("a@b.es"))
        #expect(verdict("10.50", "10.5", shape: .number) == .agree("10.5"))
        #expect(verdict("yes", "true", shape: .yesNo) == .agree("true"))
        #expect(
            verdict("2026-11-27T10:00:00Z", "2026-11-27T11:00:00+01:00", shape: .moment)
                == .agree("2026-11-27T11:00:00+01:00"))
        #expect(verdict("b;a", "A; b", shape: .set) == .agree("A; b"))
        #expect(verdict("es_MX", "es-mx", shape: .language) == .agree("es-mx"))
        #expect(verdict(nil, "  ") == .agree(nil))
    }

    @Test func `a moment in a field for days is compared by its day`() {
        func told(_ ours: String, _ theirs: String, agreed: String? = nil) -> FieldVerdict {
            verdict(ours, theirs, agreed: agreed, .toCRM, .puenteWins, shape: .moment)
        }
        #expect(told("2026-11-27T10:00:00Z", "2026-11-27") == .agree("2026-11-27"))
        #expect(
            told("2026-11-28T09:00:00Z", "2026-11-27", agreed: "2026-11-27T10:00:00Z")
                == .give("2026-11-28T09:00:00Z"))
        #expect(told("2026-11-27T10:00:00Z", "soon") == .give("2026-11-27T10:00:00Z"))
    }

    @Test func `the side that changed alone is right`() {
        #expect(verdict("new", "old", agreed: "old") == .give("new"))
        #expect(verdict("old", "new", agreed: "old") == .take("new"))
        // Whatever the rule: nobody else said anything.
        #expect(verdict("new", "old", agreed: "old", .both, .crmWins) == .give("new"))
        #expect(verdict("old", "new", agreed: "old", .both, .puenteWins) == .take("new"))
    }

    @Test(arguments: [
        (SyncRule.crmWins, FieldVerdict.take("theirs")), (.puenteWins, .give("ours")), (.ask, .conflict),
        (.fillBlank, .differ(.filled)),
    ])
    func `where both changed the rule decides`(rule: SyncRule, expected: FieldVerdict) {
        #expect(verdict("ours", "theirs", agreed: "old", .both, rule) == expected)
        #expect(verdict("ours", "theirs", .both, rule) == expected)
    }

    @Test func `the newest wins by more than two clocks may differ, and the CRM where nobody knows`() {
        #expect(verdict("ours", "theirs", .both, .newest, oursAt: 5000, theirsAt: 1000) == .give("ours"))
        #expect(verdict("ours", "theirs", .both, .newest, oursAt: 3000, theirsAt: 1000) == .take("theirs"))
        #expect(verdict("ours", "theirs", .both, .newest, oursAt: 1000, theirsAt: 5000) == .take("theirs"))
        #expect(verdict("ours", "theirs", .both, .newest) == .take("theirs"))
    }

    @Test func `blanks overwrite nothing, and what was never said is filled`() {
        #expect(verdict(nil, "theirs") == .take("theirs"))
        #expect(verdict("ours", "") == .give("ours"))
        #expect(verdict("", "theirs", agreed: "theirs") == .differ(.emptied))
        #expect(verdict("ours", nil, agreed: "ours", .both, .crmWins) == .differ(.emptied))
        #expect(verdict("", "other", agreed: "theirs") == .take("other"))
        #expect(verdict("other", nil, agreed: "ours", .both, .crmWins) == .give("other"))
        #expect(verdict("ours", nil, .both, .fillBlank) == .give("ours"))
        #expect(verdict(nil, nil, agreed: "old") == .agree(nil))
    }

    @Test func `nothing goes where the mapping does not let it`() {
        #expect(verdict(nil, "theirs", .toCRM) == .differ(.direction))
        #expect(verdict("ours", nil, .fromCRM) == .differ(.direction))
        #expect(verdict("new", "old", agreed: "old", .fromCRM, .ask) == .differ(.direction))
        // The one who is right by the rule says so again.
        #expect(verdict("old", "new", agreed: "old", .toCRM, .puenteWins) == .give("old"))
        #expect(verdict("old", "new", agreed: "old", .toCRM, .newest) == .differ(.direction))
        #expect(verdict("new", "old", agreed: "old", .fromCRM, .crmWins) == .take("old"))
    }

    @Test func `a withdrawal wins, and a yes that comes afterwards from one side alone lifts it`() {
        func consent(_ ours: String, _ theirs: String, agreed: String? = nil, _ rule: SyncRule) -> FieldVerdict {
            verdict(ours, theirs, agreed: agreed, .both, rule, shape: .consent)
        }
        for rule in SyncRule.allCases {
            #expect(consent("withdrawn", "granted", rule) == .give("withdrawn"))
            #expect(consent("granted", "withdrawn", rule) == .take("withdrawn"))
            #expect(consent("granted", "withdrawn", agreed: "granted", rule) == .take("withdrawn"))
            #expect(consent("granted", "withdrawn", agreed: "withdrawn", rule) == .give("granted"))
        }
    }

    @Test func `a withdrawal that may not be taken is not written over`() {
        #expect(
            verdict("granted", "withdrawn", agreed: "granted", .toCRM, .puenteWins, shape: .consent)
                == .differ(.direction))
    }

    @Test func `sets keep what either added and lose what either took away`() {
        #expect(verdict("a;b", "a;c", agreed: "a", shape: .set) == .both("a;b;c"))
        #expect(verdict("a", "a;b", agreed: "a;b", shape: .set) == .give("a"))
        #expect(verdict("a;b", "a", agreed: "a;b", shape: .set) == .take("a"))
        #expect(verdict("", "vip", shape: .set) == .take("vip"))
        // What only the CRM has is its own.
        #expect(verdict("a", "a;own", agreed: "a", .toCRM, shape: .set) == .differ(.direction))
        #expect(verdict("a;b", "a;own", agreed: "a", .toCRM, shape: .set) == .give("a;b;own"))
    }

    /// Whatever happened, carrying out a verdict leaves nothing more to do.
    @Test func `two rounds come to the same as one`() {
        let values: [String?] = [nil, "a", "b", "c"]
        for shape in [FieldShape.text, .set, .consent] {
            let said = shape == .consent ? [nil, "granted", "withdrawn"] : values
            for (direction, rule) in product(SyncDirection.allCases, SyncRule.allCases) {
                let merge = FieldMerge(shape: shape, direction: direction, rule: rule, phones: Self.phones)
                for (ours, (theirs, agreed)) in product(said, product(said, said)) {
                    var sides = FieldSides(ours: ours, theirs: theirs, agreed: agreed)
                    let verdict = merge.verdict(sides)
                    sides = merge.settled(sides, by: verdict)
                    switch merge.verdict(sides) {
                    case .agree, .differ: break
                    case .conflict where verdict == .conflict: break
                    case let again: Issue.record("\(shape) \(direction) \(rule) \(sides): \(again)")
                    }
                }
            }
        }
    }

    private func product<A, B>(_ left: [A], _ right: [B]) -> [(A, B)] {
        left.flatMap { a in right.map { (a, $0) } }
    }
}
