import Domain
import Testing

@testable import Store

/// Who somebody is changes: by the company, by Meta, by the CRM, at their own wish.
extension ConsentCourse {
    func merge(_ place: Int) async throws {
        let other = Int.random(in: oracle.people.indices, using: &dice)
        guard other != place, oracle.merge(of: place) == nil, oracle.merge(of: other) == nil, isThere(place),
            isThere(other)
        else { return }
        let merged = try await world.store.merge(
            world.contact(phone(other)), into: world.contact(phone(place)), by: "Ana", in: world.workspace)
        oracle.merged(other, into: place, by: merged.change, at: second)
        note("merge")
    }

    func part() async throws {
        guard !oracle.merges.isEmpty else { return }
        let merge = dice.pick(oracle.merges)
        try await world.store.undoMerge(merge.change, by: "Ana", in: world.workspace)
        oracle.parted(merge)
        note("undo")
    }

    /// WhatsApp's `user_changed_number`: the same person, with the same chats.
    func changeNumber(_ place: Int) async throws {
        guard isThere(place) else { return }
        let (former, present) = (phone(place), nextPhone())
        try await world.receive([
            .identityChange(
                IdentityChange(
                    kind: .number, messageID: nextWamid(), at: world.clock.now, previous: Participant(waID: former),
                    current: Participant(waID: present), text: "changed"))
        ])
        oracle.people[place].phone = present
        note("number change")
    }

    /// Somebody of the company says that the number was wrong. Who reads the right one has read nothing so far.
    func correctNumber(_ place: Int) async throws {
        guard isThere(place), oracle.merge(of: place) == nil else { return }
        let (former, present) = (phone(place), nextPhone())
        let handle: HandleID = try required(
            await world.store.database.read {
                try $0.value(
                    "SELECT id FROM handle WHERE kind = 'phone' AND value = :value AND valid_to IS NULL",
                    ["value": former])
            })
        let outcome = try await world.store.editContact(
            world.contact(former), ContactEdit(adding: [.init(.phone, present)], ending: [handle]), by: "Ana",
            in: world.workspace)
        guard case .saved = outcome else {
            Issue.record("not saved: \(outcome), seed \(seed)")
            return
        }
        oracle.people[place].phone = present
        oracle.people[place].introductions = [:]
        note("correction")
    }

    /// The CRM knows a record of them; there somebody opts out, or is said to have agreed.
    func hearFromCRM(_ place: Int) async throws {
        if oracle.people[place].isErased {
            try await adopt(place)
            let isBack = try await knows(place)
            #expect(!isBack, "the CRM brought an erased person back, seed \(seed)")
            return note("CRM about an erased person")
        }
        guard isThere(place) else { return }
        try await adopt(place)
        if dice.isOne(in: 3) {
            try await world.tell(.crm, .granted, of: phone(place))
            oracle.recordedYes(place, at: second, isListed: true)
        } else {
            try await world.tell(.crm, of: phone(place))
            oracle.recordedNo(place, at: second)
        }
        note("CRM")
    }

    private func adopt(_ place: Int) async throws {
        try await world.store.adopt(
            RemoteIdentity(
                remoteID: "record \(place)", contact: nil, phones: [phone(place)], userID: nil, email: nil,
                name: "Cliente \(place)"), connection: world.crm, in: world.workspace)
    }

    func erase(_ place: Int) async throws {
        guard isThere(place) else { return }
        try await world.erase(world.contact(phone(place)), isTold: false)
        oracle.erased(place)
        note("erasure")
    }

    /// A list, a colleague and a message bring nobody back who was erased.
    func bringBack(_ place: Int) async throws {
        let row = JudgedRow.person(1, phone(place), name: "Cliente")
        guard oracle.people[place].isErased else {
            try await world.bring([row], .everybodyAgreed)
            oracle.people[place].exists = true
            return oracle.recordedYes(place, at: second, isListed: true)
        }
        // There is no row in it that may be taken.
        await #expect(throws: PuenteError.self) { try await world.bring([row], .everybodyAgreed) }
        let error = await #expect(throws: PuenteError.self) {
            try await world.store.createContact(
                ContactDraft(name: "Cliente", addresses: [.init(.phone, phone(place))]), by: "Ana",
                in: world.workspace)
        }
        #expect(error == .addressErased, "seed \(seed)")
        try await command(.template(TemplateContent(name: "aviso", language: "es")), place, .api(key: "k"))
        let isBack = try await knows(place)
        #expect(!isBack, "an erased person is back, seed \(seed)")
        note("attempt on an erased person")
    }

    private func knows(_ place: Int) async throws -> Bool {
        let claim = HandleClaim(kind: "phone", scope: "", value: phone(place), address: phone(place))
        let workspace = world.workspace
        return try await world.store.database.read { try $0.contact(claimedBy: claim, in: workspace) } != nil
    }
}
