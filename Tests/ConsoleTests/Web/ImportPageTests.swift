import Domain
import Foundation
import HTTPTypes
import Logging
import Pipeline
import Store
import Testing

@testable import Console

/// The wizard for lists of contacts, through its routes.
@Suite(.timeLimit(.minutes(2))) struct ImportPageTests {
    private static let list = "Nombre;Móvil;Ciudad\nAna;5512345678;Puebla\nLuis;5512345679;\nZoë;12;\n"

    /// Uploads a file as a browser does.
    private func upload(
        _ browser: Browser, _ text: String, named name: String = "clientes.csv"
    ) async throws -> Browser.Answer {
        let token = try #require(try await browser.get("/imports/new").token)
        let body = """
            --x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\(token)\r\n\
            --x\r\nContent-Disposition: form-data; name="file"; filename="\(name)"\r\nContent-Type: text/csv\r\n\r\n\
            \(text)\r\n--x\r\nContent-Disposition: form-data; name="region"\r\n\r\nMX\r\n--x--\r\n
            """
        return try await browser.send(
            .post, "/imports", [.contentType: "multipart/form-data; boundary=x"], Array(body.utf8))
    }

    private func work(_ world: ConsoleWorld) async throws {
        let service = ImportService(
            store: world.store, folder: ImportFolder(beside: world.parts.media), wakeBoard: WakeBoard(), name: "test",
            isAlone: true, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await service.workOnImports()
    }

    private static let columns = [
        ("column.0", "name"), ("column.1", "phone"), ("column.2", "new:text"), ("heading", "1"), ("region", "MX"),
        ("encoding", "utf-8"), ("delimiter", "semicolon"), ("existing", "fill"), ("labels", "Feria 2026"),
        ("consent", "everybody"), ("words", "Acepto ofertas."), ("source", "Feria"), ("date", "2026-11-01"),
    ]

    @Test func `an undo says how fast it goes and how long it takes`() throws {
        let progress = ImportProgress(ImportSamples.undoing, in: try SampleWorld(.english).context)

        #expect(progress.rate == "100 entries a second" && progress.left == "about 28\u{202F}s left")
    }

    @Test func `a list goes from the file to its undo`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            #expect(try await browser.get("/imports").text.contains("Nothing has been imported yet"))

            let uploaded = try await upload(browser, Self.list)
            #expect(uploaded.status == .seeOther, "\(uploaded.text)")
            let path = try #require(uploaded.location)
            let mapping = try await browser.get(path).text
            #expect(mapping.contains("<option value=\"phone\" selected>Phone</option>"))
            #expect(mapping.contains("Puebla"))

            let asked = try await browser.submit("\(path)/checks", Self.columns, from: path)
            #expect(asked.location == path, "\(asked.text)")
            let checking = try await browser.get(path)
            #expect(checking.text.contains("The list is being checked"))
            try await work(world)
            let fragment = try await browser.get("/fragments\(path)?state=checking", [.hxRequest: "true"])
            #expect(fragment.headers[.hxRefresh] == "true")

            let report = try await browser.get(path).text
            #expect(report.contains("Import 2 rows"))
            #expect(report.contains("2 new contacts. 0 changed. The import can be undone for 30 days."))
            #expect(report.contains("New labels: Feria 2026."))
            #expect(report.contains("The number is too short for its country"))
            #expect(try await world.count("contact") == 0)
            let rejected = try await browser.get("\(path)/rejected.csv")
            #expect(rejected.headers[.contentDisposition]?.contains("rejected") == true)
            #expect(rejected.text.contains("Zoë;12;;4;"))
            #expect(try await browser.get("\(path)/rows?show=new").text.contains("+525512345678"))

            #expect(try await browser.submit("\(path)/confirmations", from: path).location == path)
            try await work(world)
            let done = try await browser.get(path).text
            #expect(done.contains("2 new contacts."))
            #expect(done.contains("It can be undone until"))
            #expect(try await world.count("contact") == 2)
            #expect(try await world.count("consent WHERE standing = 'granted'") == 2)
            #expect(try await browser.get("/imports").text.contains("clientes.csv"))

            let undone = try await browser.submit("\(path)/undos", from: path)
            #expect(undone.location == path)
            let after = try await browser.get(path).text
            #expect(after.contains("Undone") && after.contains("What it had written"))
            #expect(!after.contains("will be recorded") && !after.contains("would change"))
            #expect(try await world.count("contact") == 0)
            #expect(try await world.count("label") == 0)
            #expect(try await world.count("field") == 0)
        }
    }

    @Test func `what is wrong is told where it is, with what was typed`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let picture = try await upload(browser, "%PDF-1.7 nothing", named: "factura.pdf")
            #expect(picture.status == .unprocessableContent)
            #expect(picture.text.contains("“factura.pdf”: This file is a PDF document"))
            let nothing = try await browser.submit("/imports", [("text", "  ")], from: "/imports/new")
            #expect(nothing.text.contains("Choose a file, or paste a list."))
            let nowhere = try await browser.submit(
                "/imports", [("text", "Ana 5512345678"), ("region", "Atlantis")], from: "/imports/new")
            #expect(nowhere.status == .unprocessableContent)
            #expect(nowhere.text.contains("id=\"import-error\""))
            #expect(nowhere.text.contains("<option value=\"\" selected>") && nowhere.text.contains("Ana 5512345678"))
            #expect(!nowhere.text.contains("Atlantis"))
            #expect(try await world.count("import") == 0)
            #expect(try world.lists().isEmpty)

            let path = try #require(try await upload(browser, Self.list).location)
            let wordless = Self.columns.map { $0.0 == "words" ? ("words", " ") : $0 }
            let refused = try await browser.submit("\(path)/checks", wordless, from: path)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Consent needs its proof"))
            #expect(refused.text.contains("value=\"Feria 2026\""))
            #expect(refused.text.contains("<option value=\"new:text\" selected>"))
            let handless = Self.columns.map { $0.0 == "column.1" ? ("column.1", "left_out") : $0 }
            let nobody = try await browser.submit("\(path)/checks", handless, from: path)
            #expect(nobody.text.contains("Say which column holds the phone numbers"))
        }
    }

    @Test func `a list is read in another way, and pasted text is one`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let pasted = try await browser.submit(
                "/imports", [("text", "Ana Pérez 55 1234 5678\r\nLuis 55 1234 5679"), ("region", "MX")],
                from: "/imports/new")
            let path = try #require(pasted.location, "\(pasted.text)")
            #expect(try await browser.get(path).text.contains("Lines of text"))
            _ = try await browser.submit("/preferences", [("language", "es")], from: path)
            #expect(try await browser.get(path).text.contains("<h1>Lista pegada</h1>"))
            _ = try await browser.submit("/preferences", [("language", "en")], from: path)

            let table = try #require(try await upload(browser, "a;b\nAna;5512345678\n").location)
            let again = try await browser.get("\(table)?encoding=utf-8&delimiter=comma&heading=0").text
            #expect(again.contains("<option value=\"comma\" selected>"))
            #expect(again.contains("a;b"))
        }
    }

    @Test func `the columns are changed after the report, and a list is given up`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let path = try #require(try await upload(browser, Self.list).location)
            _ = try await browser.submit("\(path)/checks", Self.columns, from: path)
            try await work(world)

            #expect(try await browser.submit("\(path)/reopenings", from: path).location == path)
            let mapping = try await browser.get(path).text
            #expect(mapping.contains("<option value=\"new:text\" selected>"))
            #expect(mapping.contains("value=\"2026-11-01\""))
            #expect(mapping.contains("popovertarget=\"discard\"") && mapping.contains("To take it in after all"))
            #expect(try await browser.submit("\(path)/confirmations", from: path).status == .conflict)
            #expect(try await browser.submit("\(path)/cancellations", from: path).status == .seeOther)
            let discarded = try await browser.get(path).text
            #expect(discarded.contains("Cancelled") && discarded.contains("Nothing was written."))
            #expect(discarded.contains("The list was discarded.") && !discarded.contains("can be undone"))
        }
    }

    @Test func `agents look at imports, and administrators make them`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn()
            let path = try #require(try await upload(browser, Self.list).location)
            _ = try await browser.submit("\(path)/checks", Self.columns, from: path)
            try await work(world)
            let beto = browser.stranger()
            _ = try await beto.signIn(email: "beto@ejemplo.mx")

            #expect(try await beto.get("/imports").text.contains("clientes.csv"))
            #expect(try await !beto.get(path).text.contains("\(path)/confirmations"))
            #expect(try await beto.get("/imports/new").status == .forbidden)
            #expect(try await beto.get("/contacts/export").status == .forbidden)
            for step in ["confirmations", "cancellations", "undos", "reopenings"] {
                #expect(try await beto.submit("\(path)/\(step)", from: "/account").status == .forbidden)
            }
            #expect(try await beto.get("/imports/0000000000009").status == .notFound)
        }
    }

    @Test func `all contacts are one file`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let path = try #require(try await upload(browser, Self.list).location)
            _ = try await browser.submit("\(path)/checks", Self.columns, from: path)
            try await work(world)
            _ = try await browser.submit("\(path)/confirmations", from: path)
            try await work(world)

            let csv = try await browser.get("/contacts/export?format=csv")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.headers[.contentDisposition]?.hasPrefix("attachment; filename*=UTF-8''Contacts%20") == true)
            #expect(csv.text.contains("'+525512345678,,Ana,"))
            let book = try await browser.get("/contacts/export?format=xlsx")
            #expect(Array(book.bytes.prefix(2)) == Array("PK".utf8))
        }
    }

    @Test func `whom the table shows is a file, too`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let path = try #require(
                try await upload(browser, "Nombre;Móvil\nAna;55 1234 5678\nLuis;55 1234 5679\n").location)
            _ = try await browser.submit(
                "\(path)/checks",
                [
                    ("encoding", "utf-8"), ("delimiter", "semicolon"), ("heading", "1"), ("column.0", "name"),
                    ("column.1", "phone"), ("region", "MX"), ("existing", "fill"), ("consent", "none"),
                ], from: path)
            try await work(world)
            _ = try await browser.submit("\(path)/confirmations", from: path)
            try await work(world)
            let ana = try SegmentConditions(.all, [.condition(.name(.contains("ana")))])
            let segment = try await world.store.createSegment("Las Anas", ana, in: world.workspace, by: "Ana")

            let table = try await browser.get("/contacts?segment=\(segment)").text
            #expect(table.contains("/contacts/export?segment=\(segment)"))
            let page = try await browser.get("/contacts/export?segment=\(segment)").text
            #expect(page.contains("1 contact of the segment “Las Anas”"))
            let file = try await browser.get("/contacts/export?segment=\(segment)&format=csv").text
            #expect(file.contains("Ana"))
            #expect(!file.contains("Luis"))
            let found = try await browser.get("/contacts/export?q=5679&format=json").text
            #expect(found.contains("Luis"))
            #expect(!found.contains("\"Ana\""))
            // What is no filter is no reason to hand out everybody.
            for wrong in ["label=VIP", "segment=0000000000009", "state=odd", "consent=perhaps"] {
                #expect(try await browser.get("/contacts/export?format=csv&\(wrong)").status == .notFound, "\(wrong)")
            }
            #expect(try await browser.get("/contacts/export?format=pdf").status == .notFound)
        }
    }
}

extension ConsoleWorld {
    fileprivate func count(_ table: String) async throws -> Int {
        try await store.database.read { try $0.value("SELECT COUNT(*) AS n FROM \(table)", as: Int.self) } ?? 0
    }

    /// Files of lists that lie about.
    fileprivate func lists() throws -> [String] {
        let folder = "\(parts.media.path)/.imports/\(workspace)"
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder)
    }
}
