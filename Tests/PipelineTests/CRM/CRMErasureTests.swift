import Domain
import Store
import Synchronization
import Testing

@testable import CRM
@testable import Pipeline

/// The job that tells a CRM that somebody was erased here.
@Suite(.timeLimit(.minutes(2))) struct CRMErasureTests {
    private func erase(_ rig: CRMRig) async throws -> (erasure: ErasureID, contact: ContactID) {
        let contact = try #require(
            try await rig.world.store.contacts(in: rig.world.workspace).items.first
        ).person.id
        let begun = try await rig.world.store.erase(contact, wish: .delete, by: "Ana", in: rig.world.workspace)
        return (begun.erasure, contact)
    }

    private func notice(_ erasure: ErasureID, _ rig: CRMRig) async throws -> Erasure.Notice.State? {
        try await rig.world.store.erasure(erasure, in: rig.world.workspace)?.notices.first?.state
    }

    @Test func `a CRM that is away is told when it is back, by ids alone`() async throws {
        try await CRMRig.with { rig in
            try await rig.working { try await rig.untilRecorded(1) }
            let (erasure, contact) = try await erase(rig)
            rig.connector.change { $0.erase = { _ in .failure(.crm503) } }
            try await rig.working { try await rig.until { rig.connector.history.contains("erase 1") } }
            #expect(try await notice(erasure, rig) == .waiting)

            let wishes = Told()
            rig.connector.change { script in
                script.erase = { erasures in
                    wishes.add(erasures)
                    return .success(erasures.map { .done(remoteID: $0.puenteID) })
                }
            }
            // Another node, or the same one after a restart: the job is in the database.
            try await rig.working { try await rig.until { try await notice(erasure, rig) == .done } }

            let told = try #require(wishes.all.first)
            #expect(told.puenteID == contact.description && told.isDeletionWished && told.remoteIDs.count == 1)
            #expect(try await rig.count("job WHERE kind = 'crm.erasure' AND payload <> '{}'") == 0)
            #expect(try await rig.count("remote_ref") == 0)
        }
    }

    @Test func `what a CRM refuses is a dead letter, and goes when it is tried again`() async throws {
        try await CRMRig.with { rig in
            try await rig.working { try await rig.untilRecorded(1) }
            let (erasure, _) = try await erase(rig)
            rig.connector.change { $0.erase = { erasures in .success(erasures.map { _ in .failed(.refusal) }) } }
            try await rig.working { try await rig.until { try await notice(erasure, rig) == .failed } }

            let letters = try await rig.world.store.deadLetters(DeadLetterQuery(), in: rig.world.workspace).items
            let letter = try #require(letters.first)
            #expect(letters.count == 1 && letter.jobKind == .tellErasure && letter.person == nil)
            rig.connector.change { $0 = .init() }
            _ = try await rig.world.store.retryDeadLetters([letter.id], in: rig.world.workspace, by: "Ana")
            try await rig.working { try await rig.until { try await notice(erasure, rig) == .done } }
        }
    }

    @Test func `whoever cannot be told of holds up nobody else`() async throws {
        try await CRMRig.with(customers: 2) { rig in
            try await rig.working { try await rig.untilRecorded(2) }
            let (erasure, _) = try await erase(rig)
            rig.connector.change { $0.erase = { erasures in .success(erasures.map { _ in .failed(.crm503) }) } }

            try await rig.customer(5)
            try await rig.working { try await rig.untilRecorded(3) }
            #expect(try await notice(erasure, rig) != .done)
        }
    }
}

/// What a connector was told.
private final class Told: Sendable {
    private let erasures = Mutex<[ContactErasure]>([])

    var all: [ContactErasure] { erasures.withLock { $0 } }

    func add(_ more: [ContactErasure]) { erasures.withLock { $0 += more } }
}
