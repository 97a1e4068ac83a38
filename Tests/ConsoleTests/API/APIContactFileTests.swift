import Domain
import HTTPTypes
import Logging
import Pipeline
import Store
import Testing

@testable import Console

@Suite(.timeLimit(.minutes(2))) struct `Files of the API` {
    private static let export = "/api/v1/contacts/export"

    private func ana(_ world: APIWorld) async throws {
        let body = #"{"name": "Ana Ruiz", "phone": "+52 55 1234 0000", "note": "=1+1"}"#
        #expect(try await world.call(.post, "/api/v1/contacts", body: body).status == 201)
    }

    private func lastEvent(_ world: APIWorld, kind: String) async throws -> (event: String?, subject: String?) {
        let entry = try await world.call(.get, "/api/v1/audit?kind=\(kind)")
        return (entry.at("data", "0", "event")?.text, entry.at("data", "0", "actor")?.text)
    }

    @Test func `hold contacts in each format, and that they left is kept`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await ana(world)

            let csv = try await world.call(.get, Self.export)

            #expect(csv.status == 200 && csv.headers["content-type"] == "text/csv; charset=utf-8", "\(csv.text)")
            #expect(csv.headers["content-disposition"]?.contains("Contacts%202026-11-18.csv") == true)
            #expect(csv.text.contains("Ana Ruiz") && csv.text.contains("+5215512345678"))
            #expect(csv.text.contains("'=1+1"), "no spreadsheet runs it")
            #expect(try await lastEvent(world, kind: "exported") == ("contacts.exported", "admin"))
            let workbook = try await world.call(.get, Self.export + "?format=xlsx")
            #expect(workbook.text.hasPrefix("PK"))
            let cards = try await world.call(.get, Self.export + "?format=vcard")
            #expect(cards.text.contains("FN:Ana Ruiz"))
            let json = try await world.call(.get, Self.export + "?format=json")
            #expect(json.at("1", "name")?.text == "Ana Ruiz")
        }
    }

    @Test func `hold exactly whom their parameters leave`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await ana(world)
            let conditions = #"{"match": "all", "parts": [{"about": "name", "is": "contains", "value": "ana"}]}"#
            let segment = try await world.call(
                .post, "/api/v1/segments", body: #"{"name": "Anas", "conditions": \#(conditions)}"#)
            let id = try #require(segment.at("id")?.text, "\(segment.text)")
            func names(_ query: String) async throws -> [String] {
                let reply = try await world.call(.get, Self.export + "?format=json&" + query)
                guard case .array(let people) = reply.json else { return [reply.text] }
                return people.compactMap { $0["name"]?.text }
            }

            #expect(try await names("segment=\(id)") == ["Ana Ruiz"])
            #expect(try await names("search=ruiz") == ["Ana Ruiz"])
            #expect(try await names("consent=granted") == [])
            #expect(try await names("consent=unknown&segment=\(id)") == ["Ana Ruiz"])
            #expect(try await names("state=blocked") == [])
            #expect(try await names("reach=unreachable") == [])
            #expect(try await names("reach=reachable&search=ruiz") == ["Ana Ruiz"])
            #expect(try await names("label=0000000000009") == [])
        }
    }

    @Test func `are refused with their sentence, and nothing is noted`() async throws {
        try await APIWorld.run { world in
            let forbidden = try await world.call(.get, Self.export, key: "pk_ops")

            #expect(forbidden.code == "forbidden")
            #expect(try await world.call(.get, Self.export + "?format=pdf").faults == ["format"])
            #expect(try await world.call(.get, Self.export + "?segment=0000000000009").faults == ["segment"])
            #expect(try await world.call(.get, Self.export + "?columns=name").faults == ["columns"])
            #expect(try await world.call(.post, Self.export, body: "{}").headers["allow"] == "GET, HEAD")
            #expect(try await lastEvent(world, kind: "exported").event == nil)
        }
    }

    @Test func `hold the rows that an import does not take`() async throws {
        try await APIWorld.run { world in
            let made = try await world.call(
                .post, "/api/v1/imports?filename=clientes.csv", body: "Name,Phone\nAna,+525512345678\nZoe,12\n",
                headers: ["Content-Type": "text/csv"])
            let path = try #require(made.headers["location"]) + "/rejected-rows"
            #expect(try await world.call(.get, path).code == "not_checked")
            let service = ImportService(
                store: world.store, folder: ImportFolder(beside: world.media), wakeBoard: WakeBoard(), name: "test",
                isAlone: true, logger: APIWorld.quiet)
            try await service.workOnImports()

            let file = try await world.call(.get, path, key: "pk_reader", headers: ["Accept-Language": "es"])

            #expect(file.status == 200 && file.headers["content-type"] == "text/csv; charset=utf-8", "\(file.text)")
            #expect(file.headers["content-disposition"]?.contains("clientes%20%28rechazadas%29.csv") == true)
            #expect(file.text.contains("Zoe,12,3,") && file.text.contains("demasiado corto"), "\(file.text)")
            #expect(!file.text.contains("Ana"))
            #expect(try await lastEvent(world, kind: "exported") == ("contacts.exported", "reader"))
            #expect(try await world.call(.get, "/api/v1/imports/0000000000009/rejected-rows").status == 404)
        }
    }

    @Test func `prove somebody's consent on a page that loads nothing`() async throws {
        try await APIWorld.run { world in
            try await world.write("Hola", wamid: "wamid.1")
            let path = "/api/v1/contacts/\(try await world.conversation().person.id)/consent"
            let said = #"{"purpose": "marketing", "change": "granted", "words": "Quiero <ofertas>"}"#
            #expect(try await world.call(.post, path, body: said).status == 201)

            let sheet = try await world.call(
                .get, path + "/proof", key: "pk_reader", headers: ["Accept-Language": "es", "Accept": "text/html"])

            #expect(sheet.status == 200 && sheet.headers["content-type"] == "text/html; charset=utf-8")
            #expect(sheet.text.contains("<html lang=\"es\">") && sheet.text.contains("Lucía Fernández"))
            #expect(sheet.text.contains("Quiero &lt;ofertas&gt;"))
            #expect(sheet.text.contains("Ejemplo S.A.") && sheet.text.contains("18 nov 2026, 23:02:00"))
            #expect(sheet.text.firstMatch(of: /(src|href)=/) == nil)
            #expect(sheet.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
            #expect(try await lastEvent(world, kind: "seen") == ("contact.seen", "reader"))
            #expect(try await world.call(.get, "/api/v1/contacts/0000000000009/consent/proof").status == 404)
        }
    }
}

@Suite struct `What the API reads without keeping it` {
    @Test func `conditions are counted and list whom they hold`() async throws {
        try await APIWorld.run { world in
            for name in ["Ana", "Eva", "Luz"] {
                #expect(try await world.call(.post, "/api/v1/contacts", body: #"{"name": "\#(name)"}"#).status == 201)
            }
            let path = "/api/v1/segments/previews"
            let all = #""conditions": {"match": "any", "parts": [{"about": "name", "is": "contains", "value": "a"}]}"#

            let preview = try await world.call(.post, path, key: "pk_reader", body: "{\(all)}")

            #expect(preview.status == 200, "\(preview.text)")
            #expect(preview.at("count", "value") == .integer(2) && preview.at("count", "is_more") == .bool(false))
            #expect(preview.at("data", "0", "name")?.text == "Eva" && preview.at("data", "2") == nil)
            let one = try await world.call(.post, path, body: "{\(all), \"limit\": 1}")
            #expect(one.at("count", "value") == .integer(2) && one.at("data", "1") == nil)
            #expect(try await world.call(.post, path, body: "{\(all), \"limit\": 0}").at("data") == .array([]))
            #expect(try await world.call(.get, "/api/v1/segments").at("data") == .array([]), "nothing is kept")

            #expect(try await world.call(.post, path, body: "{\(all), \"limit\": 201}").faults == ["/limit"])
            #expect(try await world.call(.post, path, body: "{}").faults == ["/conditions"])
            #expect(try await world.call(.post, path, body: "{\(all), \"name\": \"x\"}").faults == ["/name"])
        }
    }

    @Test func `a number is read as one of the country that is named`() async throws {
        try await APIWorld.run { world in
            let add = { (fields: String) in
                try await world.call(.post, "/api/v1/contacts", body: "{\(fields)}")
            }
            let spanish = try await add(#""name": "Ana", "phone": "612 34 56 78", "region": "ES""#)
            #expect(spanish.at("phone")?.text == "34612345678", "\(spanish.text)")
            let named = try await add(#""phone": "0912 345 678", "region": "Taiwán""#)
            #expect(named.at("phone")?.text == "886912345678", "\(named.text)")
            let home = try await add(#""phone": "55 1234 9999""#)
            #expect(home.at("phone")?.text?.hasSuffix("5512349999") == true)

            let id = try #require(spanish.at("id")?.text)
            let more = try await world.call(
                .patch, "/api/v1/contacts/\(id)", body: #"{"phone": "0151 12345678", "region": "DE"}"#)
            #expect(more.text.contains("4915112345678"), "\(more.text)")

            let short = try await add(#""phone": "12", "region": "ES""#)
            #expect(short.status == 422 && short.faults == ["/phone"])
            #expect(short.at("errors", "0", "detail")?.text?.contains("too short") == true, "\(short.text)")
            #expect(try await add(#""phone": "612 34 56 78", "region": "Atlantis""#).faults == ["/region"])
            #expect(try await add(#""name": "Ana", "region": "ES""#).faults == ["/region"])
            #expect(try await add(#""phone": "612 34 56 78", "region": 34"#).faults == ["/region"])
        }
    }
}
