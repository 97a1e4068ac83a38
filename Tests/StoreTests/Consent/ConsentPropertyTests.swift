import Domain
import Foundation
import Testing

@testable import Store

/// Random histories: whatever customers, Meta, CRMs, colleagues and programs do, what leaves keeps its promises.
///
/// - No promotion leaves for anybody without a yes that no later no has ended; so first contacts get none. Of two who were
///   merged the stricter word holds, until that is undone.
/// - Nothing leaves for a blocked contact, or for somebody who was erased and has not written since.
/// - No answer leaves in a conversation in which its reader was not told who writes, nor outside the service window.
///
/// Meanwhile the page's answer to "may I write?" is the gate's each time, a no is confirmed once, nobody who was erased
/// comes back by a list, a CRM, a colleague or a program, and what is kept is what the ledger comes to.
///
/// A failure names its seed; `PUENTE_HISTORY_SEED=…` makes it the first history of the next run.
@Suite struct ConsentPropertyTests {
    @Test(arguments: TestDatabase.available)
    func `no sequence of events lets a promotion through without consent, or a message without its sender`(
        engine: TestDatabase
    ) async throws {
        let atLeast = engine == .sqlite ? 6 : 3
        var seeds: [UInt64] = []
        var left = 0
        var compared = 0
        var missing: Set = [
            "question", "merge", "undo", "number change", "correction", "CRM", "CRM about an erased person", "erasure",
            "attempt on an erased person", "131050",
        ]
        let repeated = ProcessInfo.processInfo.environment["PUENTE_HISTORY_SEED"].flatMap { UInt64($0) }
        // Some histories more, where chance has left something out.
        while seeds.count < atLeast || (!missing.isEmpty && seeds.count < 4 * atLeast) {
            let seed = (seeds.isEmpty ? repeated : nil) ?? .random(in: .min ... .max)
            seeds.append(seed)
            try await engine.withWorld { world in
                try await world.addTemplates()
                let course = ConsentCourse(world: world, seed: seed)
                try await course.run(steps: 250)
                left += course.left
                compared += course.compared
                missing.subtract(course.happened.keys)
            }
        }
        // One history may be full of people who want nothing; on average they are not.
        #expect(left > 10 * seeds.count, "hardly anything left, seeds \(seeds)")
        #expect(compared > 10 * seeds.count, "hardly anything asked, seeds \(seeds)")
        #expect(missing == [], "never happened, seeds \(seeds)")
    }
}

/// Who judges is judged: a gate that is told a lie lets through what the oracle notices.
extension ConsentPropertyTests {
    private func expect(
        _ complaint: String, on engine: TestDatabase, forging statement: String?,
        _ story: (ConsentCourse) async throws -> Void, then end: (ConsentCourse) async throws -> Void
    ) async throws {
        try await engine.withWorld { world in
            try await world.addTemplates()
            let course = ConsentCourse(world: world, seed: 1)
            try await story(course)
            if let statement {
                try await world.store.database.write { try $0.execute(statement) }
                try await withKnownIssue {
                    try await end(course)
                } matching: { issue in
                    issue.comments.contains { $0.rawValue.hasPrefix(complaint) }
                }
            } else {
                try await end(course)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a promotion after a no would be noticed`(engine: TestDatabase) async throws {
        for forged in ["UPDATE consent SET standing = 'granted', is_double = 1", nil] {
            try await expect("a promotion without consent", on: engine, forging: forged) { course in
                try await course.write("Hola", 0)
                course.world.clock.advance(by: .seconds(5))
                try await course.stop(0)
                try await course.leave()
            } then: { course in
                try await course.command(
                    .template(TemplateContent(name: "oferta", language: "es")), 0, .api(key: "k"))
                try await course.leave()
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an answer without the company's name would be noticed`(engine: TestDatabase) async throws {
        for forged in ["UPDATE conversation SET sender_known_by = 1", nil] {
            try await expect("nobody said who writes", on: engine, forging: forged) { course in
                try await course.write("Hola", 0)
            } then: { course in
                try await course.command(.text(TextContent(body: "Buenas")), 0, .api(key: "k"))
                try await course.leave()
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a promotion to the account of a merged person that said no would be noticed`(
        engine: TestDatabase
    ) async throws {
        for forged in ["UPDATE consent SET standing = 'granted'", nil] {
            try await expect("a promotion without consent", on: engine, forging: forged) { course in
                for place in [0, 1] { try await course.write("Hola", place) }
                course.world.clock.advance(by: .seconds(5))
                try await course.stop(1)
                try await course.leave()
                course.world.clock.advance(by: .seconds(5))
                try await course.world.grant(course.phone(0))
                course.oracle.recordedYes(0, at: course.second, isListed: false)
                course.world.clock.advance(by: .seconds(5))
                let merged = try await course.world.store.merge(
                    course.world.contact(course.phone(1)), into: course.world.contact(course.phone(0)), by: "Ana",
                    in: course.world.workspace)
                course.oracle.merged(1, into: 0, by: merged.change, at: course.second)
            } then: { course in
                try await course.command(
                    .template(TemplateContent(name: "oferta", language: "es")), 0, .api(key: "k"))
                try await course.leave()
            }
        }
    }
}
