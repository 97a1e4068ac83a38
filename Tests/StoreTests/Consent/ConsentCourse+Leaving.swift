import Domain
import Testing

@testable import Store

/// What leaves, and what becomes of it.
extension ConsentCourse {
    func leave() async throws {
        let grip = try world.grip(.number(world.number))
        for job in try await world.store.claimSends(grip, limit: 100) {
            guard case .permitted(_, let recipient) = job.state else { continue }
            let place = oracle.people.firstIndex { .phone($0.phone) == recipient }
            guard let place else {
                Issue.record("to a number that nobody has: \(recipient), seed \(seed)")
                continue
            }
            left += 1
            check(job.content, job.message, place)
            let isStopped = job.content.isPromotion && dice.isOne(in: 4)
            let outcome =
                isStopped && dice.isOne(in: 2)
                ? world.failed(.permanent, code: "131050", .discarded)(job)
                : world.accepted("wamid.\(job.message)")(job)
            _ = try await world.store.record([outcome], grip: grip, policy: RetryPolicy())
            if outcome.receipt == nil {
                stopped(job.message, place)
            } else if isStopped {
                try await turnDown(job.message, place, code: 131_050)
                stopped(job.message, place)
            } else if dice.isOne(in: 8) {
                try await turnDown(job.message, place, code: 131_026)
            }
        }
    }

    /// Meta says that this person wants no promotions: error 131050.
    private func stopped(_ message: MessageID, _ place: Int) {
        oracle.people[place].introductions[message] = nil
        oracle.people[place].metaNoes.append(second)
        note("131050")
    }

    /// Meta took it, and says later that it did not arrive.
    private func turnDown(_ message: MessageID, _ place: Int, code: Int) async throws {
        try await world.receive([
            .status(
                ReceivedStatus(
                    messageID: "wamid.\(message)", name: "failed", at: world.clock.now,
                    recipient: Participant(waID: phone(place)),
                    failures: [GraphFailure(code: code, title: "x", details: nil)]))
        ])
        oracle.people[place].introductions[message] = nil
    }

    private static let confirmations = Set(
        ConsentLanguage.allCases.map {
            ConsentTexts.filled(ConsentTexts.standard($0).confirmation, company: "Ejemplo S.A.")
        })

    private func check(_ content: MessageContent, _ message: MessageID, _ place: Int) {
        let person = oracle.people[place]
        if Self.confirmations.contains(content.plainText) {
            oracle.people[place].confirmations += 1
            #expect(person.confirmations <= person.openings, "confirmed twice, seed \(seed)")
        }
        #expect(!person.isErased, "to an erased person, seed \(seed)")
        #expect(!oracle.isBlocked(place), "to a blocked contact, seed \(seed)")
        #expect(!content.isPromotion || oracle.mayBePromoted(place), "a promotion without consent, seed \(seed)")
        guard case .template(let template) = content else {
            let isNamed = content.plainText.contains("Ejemplo")
            #expect(isNamed || oracle.knowsSender(place), "nobody said who writes, seed \(seed)")
            #expect(oracle.isWindowOpen(place, at: second), "an answer to nobody, seed \(seed)")
            if isNamed { oracle.people[place].introductions[message] = second }
            return
        }
        #expect(template.name != "anonima", "nobody said who writes, seed \(seed)")
        if template.name != "codigo" { oracle.people[place].introductions[message] = second }
    }
}

extension MessageContent {
    fileprivate var isPromotion: Bool {
        if case .template(let template) = self { template.name == "oferta" } else { false }
    }
}
