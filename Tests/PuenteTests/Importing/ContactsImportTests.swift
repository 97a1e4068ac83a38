import Domain
import Foundation
import Testing

@testable import puente

@Suite struct ContactsImportTests {
    private static let list = """
        Nombre;Móvil;Ciudad
        Ana;55 1234 5678;Puebla
        Luis;+34 612 345 678;Madrid
        Zoë;12;
        """

    private let installation: Installation
    private let config: String
    private let file: String

    init() throws {
        installation = try Installation()
        config = installation.folder.file("puente.yaml")
        file = try installation.folder.write("clientes.csv", Self.list)
    }

    private func run(_ arguments: String...) async -> (status: Int32, output: [String], errors: [String]) {
        let terminal = RecordedTerminal()
        let status = await terminal.run(["contacts"] + arguments + ["--config", config])
        return (status, terminal.output, terminal.errors)
    }

    private func count(_ table: String) async throws -> String? {
        try await installation.value("SELECT COUNT(*) FROM \(table)")
    }

    @Test func `consent without its words, or of a day to come, is refused and not passed over`() async throws {
        let wordless = await run("import", file, "--region", "MX", "--yes", "--consent-of", "everybody")
        #expect(wordless.status != 0)
        #expect(wordless.errors.contains { $0.contains("Consent needs its proof") }, "\(wordless.errors)")

        let early = await run(
            "import", file, "--region", "MX", "--yes", "--consent-words", "Acepto.", "--consent-source", "Feria",
            "--consent-date", "2099-01-01")
        #expect(early.status != 0)
        #expect(early.errors.contains { $0.contains("has not come yet") }, "\(early.errors)")
        #expect(try await count("contact") == "0")
    }

    @Test func `a list is told, written, taken out again and put back`() async throws {
        let dry = await run("import", file, "--region", "MX", "--dry-run")
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(dry.output.contains("New contacts      2"), "\(dry.output)")
        #expect(dry.output.contains { $0.contains("1  The number is too short") })
        #expect(try await count("contact") == "0")
        #expect(try await count("import") == "0")

        let done = await run("import", file, "--region", "MX", "--yes", "--map", "new:text=Ciudad", "--label", "Feria")
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("Imported: 2 new contacts, 0 changed."))
        #expect(try await count("contact") == "2")
        #expect(try await count("contact_field") == "2")
        #expect(try await count("contact_label") == "2")

        let out = installation.folder.file("out.csv")
        let export = await run("export", "--out", out)
        #expect(export.output == ["Written: \(out), 2 contacts."], "\(export.errors)")
        let lines = try installation.folder.read("out.csv").components(separatedBy: "\r\n")
        #expect(lines[0].hasPrefix("phone,other_phone,name,email,"))
        #expect(lines[1].hasPrefix("+525512345678,,Ana,,"))
        #expect(lines[0].contains(",Ciudad,bsuid,number_kind,unreachable,puente_id,"))
        let again = await run("import", out, "--yes")
        #expect(again.output.contains("Nothing had to be changed: all of it was known."), "\(again.output)")

        let command = try #require(done.output.last)
        let id = try #require(command.split(separator: " ").last)
        let undone = await run("undo", String(id))
        #expect(undone.status == 0, "\(undone.errors)")
        #expect(undone.output.first?.hasPrefix("clientes.csv is undone:") == true)
        #expect(try await count("contact") == "0")
        let twice = await run("undo", String(id))
        #expect(twice.status == 1)
        #expect(twice.errors.first?.contains("clientes.csv was undone already, on ") == true, "\(twice.errors)")
    }

    @Test func `the report begins with how the file is read`() async throws {
        let dry = await run("import", file, "--region", "MX", "--dry-run", "--map", "new:text=Ciudad")
        let spanish = await run("import", file, "--region", "MX", "--dry-run", "--language", "es")

        #expect(
            dry.output.prefix(5) == [
                "\(file): CSV, UTF-8, separated by semicolons", "Columns read as:", "  Nombre  Name",
                "  Móvil   Phone", "  Ciudad  new field Ciudad",
            ])
        #expect(
            spanish.output.prefix(5) == [
                "\(file): CSV, UTF-8, separado por punto y coma", "Columnas leídas como:", "  Nombre  Nombre completo",
                "  Móvil   Teléfono", "  Ciudad  –",
            ])
    }

    @Test(arguments: ["--dry-run", "--yes"])
    func `the rows that are not taken are written in their own columns with the reason`(way: String) async throws {
        let list = try installation.folder.write("lista.csv", Self.list + "\nAna María;+52 55 1234 5678;León\n")
        let out = installation.folder.file("rejected.csv")

        let answer = await run("import", list, "--region", "MX", way, "--rejected", out)
        let lines = try installation.folder.read("rejected.csv").components(separatedBy: "\r\n")

        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.last == "Written: \(out)")
        #expect(lines.count == 4)
        #expect(lines[0] == "\u{FEFF}Nombre;Móvil;Ciudad;Row;Reason for rejection")
        #expect(lines[1].hasPrefix("Zoë;12;;4;The number is too short"))
        #expect(lines[2].contains(";León;5;"))
        #expect(try await count("import") == (way == "--yes" ? "1" : "0"))
    }

    @Test func `a file of rejected rows that cannot be written is told before the list is read`() async throws {
        let out = try installation.folder.write("rejected.csv", "mine")

        let taken = await run("import", file, "--region", "MX", "--yes", "--rejected", out)
        let itself = await run("import", file, "--region", "MX", "--yes", "--rejected", file, "--force")
        let replaced = await run("import", file, "--region", "MX", "--dry-run", "--rejected", out, "--force")

        #expect(taken.status == 2)
        #expect(
            taken.errors == ["\(out) is there already: choose another name, or replace it with --force."])
        #expect(itself.status == 2)
        #expect(replaced.status == 0, "\(replaced.errors)")
        #expect(try installation.folder.read("rejected.csv").contains("Zoë;12"))
        #expect(try await count("contact") == "0")
        let names = try FileManager.default.contentsOfDirectory(atPath: installation.folder.path)
        #expect(!names.contains { $0.hasPrefix(".puente-") })
    }

    @Test func `nobody is asked where nobody sits, and what is wrong is told`() async throws {
        let unasked = await run("import", file)
        #expect(unasked.status == 2)
        #expect(unasked.errors.first?.contains("--dry-run") == true)

        let column = await run("import", file, "--yes", "--map", "new:text=Color")
        #expect(column.errors == ["There is no column \"Color\"; the file's columns are: Nombre, Móvil, Ciudad."])
        let kind = await run("import", file, "--yes", "--map", "new:color=Ciudad")
        #expect(kind.status == 2)
        let words = await run("import", file, "--yes", "--consent-source", "Feria")
        #expect(words.status == 2)
        #expect(words.errors.first?.hasPrefix("Consent needs its proof") == true)
        let picture = await run("import", try installation.folder.write("x.pdf", "%PDF-1.4"), "--yes")
        #expect(picture.status == 2)
        #expect(picture.errors.first?.contains("is a PDF document") == true)
        #expect(try await count("import") == "0")
    }

    @Test func `an export holds whom it was asked for, and leaves a trace`() async throws {
        _ = await run("import", file, "--region", "MX", "--yes")
        let other = try installation.folder.write("otra.csv", "Nombre;Móvil\nEva;55 1234 5670\nNoé;55 1234 5671\n")
        _ = await run("import", other, "--region", "MX", "--yes", "--label", "Feria 2026")
        let out = installation.folder.file("out.csv")

        let some = await run("export", "--out", out, "--label", "feria  2026")
        #expect(some.output == ["Written: \(out), 2 contacts."], "\(some.errors)")
        #expect(try installation.folder.read("out.csv").contains("Eva"))
        #expect(try await count("trail WHERE event = 'contacts.exported'") == "1")
        let detail = try await installation.value("SELECT detail FROM trail WHERE event = 'contacts.exported'")
        #expect(detail?.contains("\"count\":\"2\"") == true, "\(detail ?? "")")

        let nobody = await run("export", "--out", out, "--force", "--label", "VIP")
        #expect(nobody.status == 2)
        #expect(nobody.errors == ["There is no label \"VIP\"."])
        let segment = await run("export", "--out", out, "--force", "--segment", "Quiet")
        #expect(segment.errors == ["There is no segment \"Quiet\"."])
        #expect(try installation.folder.read("out.csv").contains("Eva"), "what was there is still there")
        #expect(try await count("trail WHERE event = 'contacts.exported'") == "1")
    }

    @Test(arguments: ["xlsx", "vcf", "json"])
    func `the file's ending tells the format`(ending: String) async throws {
        _ = await run("import", file, "--region", "MX", "--yes")
        let out = installation.folder.file("out.\(ending)")

        let export = await run("export", "--out", out)

        #expect(export.status == 0, "\(export.errors)")
        let bytes = try Data(contentsOf: URL(filePath: out))
        let head = ["xlsx": "PK", "vcf": "BEGIN:VCARD", "json": "["][ending] ?? "?"
        #expect(bytes.starts(with: Data(head.utf8)))
        #expect(await run("export", "--out", out).status == 2)
        #expect(await run("export", "--out", out, "--force").status == 0)
    }

    @Test func `an ending that is of no format is refused, unless the format is said`() async throws {
        _ = await run("import", file, "--region", "MX", "--yes")
        let out = installation.folder.file("out.pdf")

        let refused = await run("export", "--out", out)
        let said = await run("export", "--out", out, "--format", "json")
        let bare = await run("export", "--out", installation.folder.file("contacts"))

        #expect(refused.status == 2)
        #expect(refused.output == [])
        #expect(
            refused.errors == [
                "No format is written to files ending in .pdf. The known endings are .csv, .xlsx, .vcf, .json; for another, say --format."
            ])
        #expect(said.status == 0, "\(said.errors)")
        #expect(try installation.folder.read("out.pdf").hasPrefix("["))
        #expect(bare.status == 0, "\(bare.errors)")
        #expect(try installation.folder.read("contacts").hasPrefix("phone,"))
    }
}
