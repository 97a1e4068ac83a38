import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

@Suite struct `Duplicates in the API` {
    @Test func `are listed with their reasons, merged, and made two again`() async throws {
        try await APIWorld.run { world in
            let (lucia, lucy) = try await world.twins()
            let list = try await world.call(.get, "/api/v1/duplicates?state=open", key: "pk_reader")
            #expect(list.status == 200 && list.at("data", "0", "score") == .integer(72), "\(list.text)")
            #expect(list.at("data", "0", "reasons", "0", "kind")?.text == "near_number")
            #expect(list.at("data", "0", "a", "id")?.text == "\(lucia)")
            let path = "/api/v1/duplicates/\(list.at("data", "0", "id")?.text ?? "")"

            let body = #"{"winner": "\#(lucy)", "columns": {"name": "loser"}}"#
            let merged = try await world.call(.post, "\(path)/merges", body: body, headers: ["Idempotency-Key": "a"])
            #expect(merged.status == 200, "\(merged.text)")
            #expect(merged.at("winner", "id")?.text == "\(lucy)" && merged.at("winner", "name")?.text == "Lucía Díaz")
            #expect(merged.at("loser", "id")?.text == "\(lucia)" && merged.at("moved", "handles") == .integer(1))
            let again = try await world.call(.post, "\(path)/merges", body: body, headers: ["Idempotency-Key": "a"])
            #expect(again.text == merged.text && again.headers["idempotency-replayed"] == "true")
            #expect(try await world.call(.post, "\(path)/merges", body: body).code == "duplicate_merged")
            #expect(try await world.call(.get, path).at("state")?.text == "merged")

            let merge = "/api/v1/merges/\(merged.at("id")?.text ?? "")"
            #expect(try await world.call(.get, merge, key: "pk_reader").at("state")?.text == "done")
            let undone = try await world.call(.post, "\(merge)/undos")
            #expect(undone.status == 200 && undone.at("state")?.text == "undone", "\(undone.text)")
            #expect(try await world.call(.post, "\(merge)/undos").status == 409)
        }
    }

    @Test func `are dismissed and suggested again`() async throws {
        try await APIWorld.run { world in
            _ = try await world.twins()
            let list = try await world.call(.get, "/api/v1/duplicates")
            let path = "/api/v1/duplicates/\(list.at("data", "0", "id")?.text ?? "")"

            #expect(try await world.call(.post, "\(path)/reopenings").status == 409)
            let dismissed = try await world.call(.post, "\(path)/dismissals")
            #expect(dismissed.at("state")?.text == "dismissed" && dismissed.at("settled_by")?.text == "admin")
            #expect(try await world.call(.get, "/api/v1/duplicates").at("data") == .array([]))
            #expect(try await world.call(.post, "\(path)/reopenings").at("state")?.text == "open")
            #expect(try await world.call(.post, "\(path)/dismissals", key: "pk_reader").status == 403)
            #expect(try await world.call(.get, "/api/v1/duplicates/0000000000009").status == 404)
        }
    }

    @Test func `are merged by the list, with figures of what it came to`() async throws {
        try await APIWorld.run { world in
            let (lucia, lucy) = try await world.twins()
            let list = try await world.call(.get, "/api/v1/duplicates")
            let id = list.at("data", "0", "id")?.text ?? ""
            let body = #"{"pairs": [{"duplicate": "\#(id)", "winner": "\#(lucia)"}]}"#
            let started = try await world.call(.post, "/api/v1/duplicates/batches", body: body)
            #expect(started.status == 202 && started.at("state")?.text == "running", "\(started.text)")
            try await world.finishLists()

            let path = "/api/v1/duplicates/batches/\(started.at("id")?.text ?? "")"
            #expect(try await world.call(.get, path, key: "pk_reader").at("merged") == .integer(1))
            let figures = try await world.call(.get, "/api/v1/duplicates/figures", key: "pk_reader")
            #expect(figures.at("contacts_before") == .integer(2) && figures.at("contacts_now") == .integer(1))
            #expect(figures.at("by_reason", "0", "count") == .integer(1), "\(figures.text)")
            #expect(try await world.call(.post, "\(path)/undos").status == 202)
            try await world.finishLists()
            #expect(try await world.call(.get, path).at("state")?.text == "undone")
            #expect(try await world.call(.post, "/api/v1/duplicates/passes").status == 200)
            // Any two may be merged, whether or not anything speaks for it.
            let merged = try await world.call(
                .post, "/api/v1/contacts/\(lucia)/merges", body: #"{"loser": "\#(lucy)"}"#)
            #expect(merged.status == 200 && merged.at("reason")?.text != nil, "\(merged.text)")
        }
    }

    @Test func `of a list each winner is one of the two`() async throws {
        try await APIWorld.run { world in
            let (lucia, _) = try await world.twins()
            let id = try await world.call(.get, "/api/v1/duplicates").at("data", "0", "id")?.text ?? ""
            let body = #"{"pairs": [{"duplicate": "\#(id)", "winner": "\#(id)"}]}"#
            let refused = try await world.call(.post, "/api/v1/duplicates/batches", body: body)
            #expect(refused.status == 422 && refused.faults == ["/pairs/0/winner"], "\(refused.text)")
            // One that nobody knows any more is left out.
            let unknown = #"{"pairs": [{"duplicate": "0000000000009", "winner": "\#(lucia)"}]}"#
            let left = try await world.call(.post, "/api/v1/duplicates/batches", body: unknown)
            #expect(left.code == "nothing_to_merge", "\(left.text)")
        }
    }

    @Test func `refuse what makes no sense`() async throws {
        try await APIWorld.run { world in
            let (lucia, lucy) = try await world.twins()
            let path = "/api/v1/contacts/\(lucia)/merges"
            for (body, fault) in [
                (#"{}"#, "/loser"), (#"{"loser": "x"}"#, "/loser"),
                (#"{"loser": "\#(lucy)", "columns": {"phone": "loser"}}"#, "/columns/phone"),
                (#"{"loser": "\#(lucy)", "columns": {"name": "both"}}"#, "/columns/name"),
                (#"{"loser": "\#(lucy)", "fields": {"city": "loser"}}"#, "/fields/city"),
                (#"{"loser": "\#(lucy)", "winner": "\#(lucia)"}"#, "/winner"),
            ] {
                let reply = try await world.call(.post, path, body: body)
                #expect(reply.status == 422 && reply.faults == [fault], "\(body): \(reply.text)")
            }
            let same = try await world.call(.post, path, body: #"{"loser": "\#(lucia)"}"#)
            #expect(same.status == 422, "\(same.text)")
            let nobody = try await world.call(.post, path, body: #"{"loser": "0000000000009"}"#)
            #expect(nobody.status == 404, "\(nobody.text)")
        }
    }
}

private struct NotSaved: Error {}

extension APIWorld {
    /// Two contacts whose names are one and whose numbers are one slip apart.
    fileprivate func twins() async throws -> (ContactID, ContactID) {
        let lucia = try await contact("Lucía Díaz", phone: "5215512345678")
        let lucy = try await contact("Lucia Diaz", phone: "5215512345679")
        try await store.beginDuplicatePass(in: workspace)
        while try await store.goOnWithDuplicatePass(in: workspace) {}
        return (lucia, lucy)
    }

    private func contact(_ name: String, phone: String) async throws -> ContactID {
        let draft = ContactDraft(name: name, addresses: [ContactEdit.Address(.phone, phone)])
        guard case .saved(_, let contact, _) = try await store.createContact(draft, by: "Ana", in: workspace) else {
            throw NotSaved()
        }
        return contact
    }

    fileprivate func finishLists() async throws {
        for (batch, workspace) in try await store.busyMergeBatches() {
            while try await store.goOnWithMergeBatch(batch, in: workspace).hasMore {}
        }
    }
}
