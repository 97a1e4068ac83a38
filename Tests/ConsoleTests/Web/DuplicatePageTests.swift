import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

struct DuplicatePageTests {
    @Test func `two contacts are compared, merged and made two again`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            #expect(try await browser.get("/duplicates").text.contains("No duplicates to decide"))
            let (lucia, lucy) = try await world.twins("Lucía Fernández", "Lucia Fernandez")

            let list = try await browser.get("/duplicates").text
            #expect(list.contains("Lucía Fernández") && list.contains("72\u{202F}%"))
            let path = "/duplicates/\(lucia)/\(lucy)"
            #expect(list.contains("href=\"\(path)\""))
            let side = try await browser.get("/duplicates/\(lucy)/\(lucia)").text
            #expect(side.contains("name=\"stays\" value=\"\(lucia)\" checked"))

            let merged = try await browser.submit(
                "\(path)/merges", [("stays", "\(lucy)"), ("column.name", "a")], from: path)
            #expect(merged.location == path)
            let result = try await browser.get(path).text
            #expect(result.contains("is part of") && result.contains("action=\"\(path)/undos\""))
            #expect(try await world.name(of: lucy) == "Lucía Fernández")
            #expect(try await browser.get("/duplicates").text.contains("people today"))

            let undone = try await browser.submit("\(path)/undos", from: path)
            #expect(undone.location == path)
            #expect(try await world.name(of: lucy) == "Lucia Fernandez")
            #expect(try await browser.get(path).text.contains("name=\"stays\""))
        }
    }

    @Test func `a number that was not counted to its end says so`() throws {
        let pages = DuplicateSamples.pages(try SampleWorld(.english))

        #expect(pages.first { $0.0 == "duplicates" }?.1.contains("10,000+") == true)
    }

    @Test func `who stays must be chosen`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let (lucia, lucy) = try await world.twins("Lucía", "Lucia")
            let path = "/duplicates/\(lucia)/\(lucy)"

            let open = try await browser.submit("\(path)/merges", [("column.name", "b")], from: path)
            #expect(open.status == .unprocessableContent && open.text.contains("Choose which of the two stays."))
            #expect(open.text.contains("name=\"column.name\" value=\"b\" checked"))
            #expect(try await browser.get("/duplicates/\(lucia)/\(lucia)").status == .notFound)
            #expect(try await browser.get("/duplicates/\(lucia)/0000000000009").status == .notFound)
        }
    }

    @Test func `a reviewed list is merged in the background and undone as one`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let pairs = [
                try await world.twins("Lucía Fernández", "Lucia Fernandez", phone: "521551234567"),
                try await world.twins("Pedro Páramo", "Pedro Paramo", phone: "521339876543"),
            ]
            let found = try await world.store.duplicates(in: world.workspace).items
            #expect(found.count == 2)
            let query = found.map { "id=\($0.id)" }.joined(separator: "&")
            let review = try await browser.get("/duplicates/review?\(query)")
            #expect(review.text.contains("2 pairs. Choose in each who stays"))

            let form = found.flatMap { [("id", "\($0.id)"), ("stays.\($0.id)", "\($0.a.id)")] }
            let started = try await browser.submit("/duplicates/batches", form, from: "/duplicates")
            #expect(started.location == "/duplicates")
            #expect(try await browser.get("/duplicates").text.contains("2 pairs are being merged."))
            #expect(try await browser.get("/fragments/duplicates").text.contains("Merging: 0 of 2"))
            try await world.finishLists()
            #expect(try await browser.get("/fragments/duplicates").text.contains("2 pairs merged."))
            #expect(try await world.store.duplicateFigures(in: world.workspace).merged == 2)

            let batch = try #require(try await world.store.mergeBatches(in: world.workspace).first)
            let undone = try await browser.submit("/duplicates/batches/\(batch.id)/undos", from: "/duplicates")
            #expect(undone.location == "/duplicates")
            try await world.finishLists()
            #expect(try await browser.get("/fragments/duplicates").text.contains("2 merges undone."))
            for (_, loser) in pairs { #expect(try await world.name(of: loser) != nil) }
        }
    }

    @Test func `an empty list is shown again`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await world.twins("Lucía", "Lucia")
            let answer = try await browser.submit("/duplicates/batches", from: "/duplicates")
            #expect(answer.status == .unprocessableContent)
        }
    }

    @Test func `two people are kept apart until somebody says otherwise`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await world.twins("Lucía", "Lucia")
            let found = try #require(try await world.store.duplicates(in: world.workspace).items.first)

            _ = try await browser.submit("/duplicates/\(found.id)/dismissals", from: "/duplicates")
            let list = try await browser.get("/duplicates").text
            #expect(list.contains("Kept as two people") && list.contains("No duplicates to decide"))
            try await world.compareAll()
            #expect(try await world.store.duplicates(in: world.workspace).items.isEmpty)
            #expect(try await browser.get("/duplicates?view=dismissed").text.contains("Suggest again"))
            _ = try await browser.submit("/duplicates/\(found.id)/reopenings", from: "/duplicates?view=dismissed")
            #expect(try await world.store.duplicates(in: world.workspace).items.map(\.id) == [found.id])
        }
    }

    @Test func `any two of the list of contacts are compared`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let (lucia, pedro) = try await world.twins("Lucía", "Pedro")
            #expect(try await browser.get("/contacts").text.contains("formaction=\"/duplicates/pairs\""))

            let two = try await browser.submit(
                "/duplicates/pairs", [("id", "\(pedro)"), ("id", "\(lucia)")], from: "/contacts")
            #expect(two.location == "/duplicates/\(lucia)/\(pedro)")
            let one = try await browser.submit("/duplicates/pairs", [("id", "\(pedro)")], from: "/contacts")
            #expect(one.location == "/duplicates")
            #expect(try await browser.get("/duplicates").text.contains("Choose exactly two contacts"))
        }
    }

    @Test func `of two who were merged so long ago that nothing is kept of it there is the one`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let (lucia, lucy) = try await world.twins("Lucía", "Lucia")
            let merge = try await world.store.merge(lucy, into: lucia, by: "Ana", in: world.workspace)
            let workspace = world.workspace
            try await world.store.database.write(on: .work) { connection in
                try connection.execute(
                    "DELETE FROM change WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": merge.change])
            }

            #expect(try await browser.get("/duplicates/\(lucia)/\(lucy)").location == "/contacts/\(lucia)")
            // Nor can anybody tell them apart any more.
            let told = try await browser.submit("/duplicates/\(lucia)/\(lucy)/dismissals", from: "/duplicates")
            #expect(told.location == "/duplicates/\(lucia)/\(lucy)")
        }
    }

    @Test func `another company sees nothing of it`() async throws {
        try await ConsoleWorld.run { world, browser in
            let (lucia, lucy) = try await world.twins("Lucía", "Lucia")
            try await world.stranger(email: "luis@ejemplo.mx")
            _ = try await browser.signIn(email: "luis@ejemplo.mx")
            #expect(try await browser.get("/duplicates/\(lucia)/\(lucy)").status == .notFound)
            #expect(try await !browser.get("/duplicates").text.contains("Lucía"))
        }
    }
}

private struct NotSaved: Error {}

extension ConsoleWorld {
    /// Two contacts whose names are one and whose numbers end differently, found by a comparison of all.
    fileprivate func twins(
        _ first: String, _ second: String, phone: String = "521551234567"
    ) async throws -> (ContactID, ContactID) {
        let ids = try await [
            contact(first, phone: phone + "8"), contact(second, phone: phone + "9"),
        ]
        try await compareAll()
        return (ids[0], ids[1])
    }

    private func contact(_ name: String, phone: String) async throws -> ContactID {
        let draft = ContactDraft(name: name, addresses: [ContactEdit.Address(.phone, phone)])
        let made = try await store.createContact(draft, by: "Ana", in: workspace)
        guard case .saved(_, let contact, _) = made else { throw NotSaved() }
        return contact
    }

    fileprivate func compareAll() async throws {
        try await store.beginDuplicatePass(in: workspace)
        while try await store.goOnWithDuplicatePass(in: workspace) {}
    }

    fileprivate func finishLists() async throws {
        for (batch, workspace) in try await store.busyMergeBatches() {
            while try await store.goOnWithMergeBatch(batch, in: workspace).hasMore {}
        }
    }

    fileprivate func name(of contact: ContactID) async throws -> String? {
        let workspace = workspace
        return try await store.database.read { connection in
            try connection.value(
                "SELECT name FROM contact WHERE workspace_id = :workspace_id AND id = :id AND merged_into IS NULL",
                ["workspace_id": workspace, "id": contact], as: String?.self)
        }.flatMap(\.self)
    }
}
