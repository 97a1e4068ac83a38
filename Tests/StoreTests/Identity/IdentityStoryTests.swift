import PhoneNumbers
import Testing

@testable import Store

/// Who is who after what happened, on both engines, whether webhooks come one by one or in one body.
@Suite struct IdentityStoryTests {
    @Test(arguments: TestDatabase.available, StoryTeller.Pace.allCases)
    func `each story ends in the right persons`(engine: TestDatabase, pace: StoryTeller.Pace) async throws {
        #expect(IdentityStories.all.count >= 40)
        for story in IdentityStories.all {
            try await engine.with { database in
                let world = try await ConsoleWorld(
                    database, provision: .twoPortfolios, canonicalPhone: { WhatsAppNumber.canonical($0) })
                var teller = StoryTeller(world, pace: pace)
                try await teller.tell(story)

                let persons = try await StoryPersons.read(world)
                #expect(persons == story.persons.sorted(), "\(story.title)")
                let faults = try await StoryPersons.faults(world)
                #expect(faults == [], "\(story.title)")
            }
        }
    }
}

extension Provision {
    static var twoPortfolios: Provision {
        var provision = ConsoleWorld.provision
        provision.numbers["second"] = .init(
            app: "main", phoneNumberID: ConsoleWorld.secondPhoneNumberID, wabaID: ConsoleWorld.wabaID,
            portfolioID: StoryHandle.portfolios[1], displayNumber: "+1 555 078 3882", accessToken: "t")
        return provision
    }
}
