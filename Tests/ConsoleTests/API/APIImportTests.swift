import Domain
import HTTPTypes
import Logging
import NIOCore
import Pipeline
import Store
import Testing

@testable import Console

@Suite(.timeLimit(.minutes(2))) struct `The API's imports` {
    private static let list = "Name,Phone,City\nAna,+525512345678,Puebla\nZoe,12,\n"

    private func upload(
        _ world: APIWorld, _ body: String, type: String = "text/csv", query: String = "?filename=clientes.csv"
    ) async throws -> APIWorld.Reply {
        try await world.call(
            .post, "/api/v1/imports\(query)", body: body, headers: ["Content-Type": type])
    }

    private func work(_ world: APIWorld) async throws {
        let service = ImportService(
            store: world.store, folder: ImportFolder(beside: world.media), wakeBoard: WakeBoard(), name: "test",
            isAlone: true,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await service.workOnImports()
    }

    @Test func `are checked at once, confirmed and undone`() async throws {
        try await APIWorld.run { world in
            let made = try await upload(world, Self.list, query: "?filename=clientes.csv&label=VIP")
            #expect(made.status == 201, "\(made.text)")
            let path = try #require(made.headers["location"])
            #expect(made.at("state")?.text == "checking")
            #expect(made.at("columns", "1", "use")?.text == "phone")
            #expect(made.at("options", "labels", "0")?.text == "VIP")

            try await work(world)
            let checked = try await world.call(.get, path)
            #expect(checked.at("state")?.text == "checked")
            #expect(checked.at("report", "new") == .integer(1))
            #expect(checked.at("report", "rejections", "0", "code")?.text == "phone_tooShort")
            let rows = try await world.call(.get, "\(path)/rows?verdict=rejected")
            #expect(rows.at("data", "0", "cells", "0")?.text == "Zoe")
            let page = try await world.call(.get, "\(path)/rows?limit=1")
            let next = try #require(page.at("next")?.text)
            #expect(
                try await world.call(.get, "\(path)/rows?limit=1&cursor=\(next)").at("data", "0", "row") == .integer(3))

            let body = #"{"columns": [{"index": 2, "use": "new:text"}], "existing": "overwrite", "region": "México"}"#
            let again = try await world.call(.post, "\(path)/checks", body: body)
            #expect(again.status == 200, "\(again.text)")
            #expect(again.at("columns", "2", "use")?.text == "field:city")
            try await work(world)
            #expect(try await world.call(.post, "\(path)/confirmations").at("state")?.text == "importing")
            #expect(try await world.call(.post, "\(path)/confirmations").code == "import_moved_on")
            try await work(world)

            let done = try await world.call(.get, path)
            #expect(done.at("result", "new") == .integer(1))
            #expect(done.at("undo", "state")?.text == "possible")
            let undone = try await world.call(.post, "\(path)/undos")
            #expect(undone.at("undo", "state")?.text == "undone")
            #expect(try await world.call(.post, "\(path)/undos").code == "not_undoable")
            #expect(try await world.call(.get, "/api/v1/imports").at("data", "0", "file_name")?.text == "clientes.csv")
        }
    }

    @Test func `come as a form, too, and wait for their columns where nobody can be told apart`() async throws {
        try await APIWorld.run { world in
            let form = """
                --x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n\(Self.list)\r\n--x--\r\n
                """
            let made = try await upload(world, form, type: "multipart/form-data; boundary=x", query: "")
            #expect(made.status == 201, "\(made.text)")
            #expect(made.at("file_name")?.text == "a.csv")

            let odd = try await upload(world, "color,size\nred,big\nblue,small\n")
            #expect(odd.at("state")?.text == "uploaded", "\(odd.text)")
            let path = try #require(odd.headers["location"])
            #expect(try await world.call(.post, "\(path)/checks", body: "{}").code == "no_handle_column")
            #expect(try await world.call(.post, "\(path)/cancellations").at("state")?.text == "cancelled")
        }
    }

    @Test func `are made once for each key, by what the list holds`() async throws {
        try await APIWorld.run { world in
            let send = { (list: String, query: String) in
                try await world.call(
                    .post, "/api/v1/imports\(query)", body: list,
                    headers: ["Content-Type": "text/csv", "Idempotency-Key": "list-1"])
            }
            let refused = try await send("%PDF-1.4", "")
            #expect(refused.code == "wrong_kind.pdf")

            let first = try await send(Self.list, "?label=VIP")
            let second = try await send(Self.list, "?label=VIP")

            #expect(first.status == 201, "\(first.text)")
            #expect(second.status == 201)
            #expect(second.headers["idempotency-replayed"] == "true")
            #expect(second.headers["location"] == first.headers["location"])
            #expect(try await send(Self.list + "Eva,+525512345679,x\n", "?label=VIP").code == "idempotency_key_reused")
            #expect(try await send(Self.list, "?label=Feria").code == "idempotency_key_reused")
            let all = try await world.call(.get, "/api/v1/imports")
            #expect(all.at("data", "1") == nil)
            // The list is still there to be checked.
            try await work(world)
            let path = try #require(first.headers["location"])
            #expect(try await world.call(.get, path).at("state")?.text == "checked")
        }
    }

    @Test func `are refused with their sentence and place`() async throws {
        try await APIWorld.run { world in
            #expect(try await upload(world, "%PDF-1.4").code == "wrong_kind.pdf")
            let empty = try await upload(world, "")
            #expect(empty.code == "file_empty")
            #expect(empty.at("detail")?.text == "The file is empty. Choose the file that holds the contacts.")
            #expect(try await upload(world, Self.list, query: "?region=Atlantis").faults == ["region"])
            #expect(try await upload(world, Self.list, query: "?filename=a%2Fb").faults == ["filename"])
            #expect(try await upload(world, Self.list, query: "?existing=maybe").status == 400)
            let path = try #require(try await upload(world, Self.list).headers["location"])
            let wrong = #"{"columns": [{"index": 0, "use": "color"}], "consent": {"of": "everybody"}, "x": 1}"#
            #expect(
                try await world.call(.post, "\(path)/checks", body: wrong).faults.sorted()
                    == ["/columns/0/use", "/consent/source", "/consent/words", "/x"])
            #expect(try await world.call(.get, "/api/v1/imports/0000000000009").status == 404)
            #expect(try await world.call(.post, "\(path)/confirmations", key: "pk_reader").status == 403)
        }
    }
}
