import Domain
import Testing

@Suite struct CredentialTermTests {
    @Test(arguments: [
        (31, CredentialTerm.good), (30, .ending(within: 30)), (8, .ending(within: 30)), (7, .ending(within: 7)),
        (2, .ending(within: 7)), (1, .ending(within: 1)), (0, .ending(within: 1)), (-1, .ended),
    ])
    func `people are told 30, 7 and 1 days before`(left: Int, term: CredentialTerm) throws {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 27))
        let ends = try #require(CivilDate(days: today.days + left))

        #expect(CredentialTerm(ends: ends, today: today) == term)
        #expect((term.sentence(of: "HubSpot", ends: ends) == nil) == (term == .good))
    }

    @Test func `the sentence names the day and what to do`() throws {
        let ends = try #require(CivilDate(year: 2026, month: 12, day: 4))
        let text = try #require(CredentialTerm.ending(within: 7).sentence(of: "HubSpot", ends: ends))

        #expect(
            text.en
                == "The credentials of HubSpot end on 2026-12-04, within 7 days: put new ones into puente.yaml and restart."
        )
        let made = try #require(
            CredentialTerm.ending(within: 7).sentence(of: "HubSpot", ends: ends, isInFile: false))
        #expect(made.en.hasSuffix("within 7 days: enter new ones under Connections, Credentials."))
        #expect(!made.es.contains("puente.yaml"))
    }
}
