import ContactFiles
import Domain
import Foundation
import Store
import Testing

@testable import Pipeline

/// A list on its whole way: uploaded, recognised, checked, written.
@Suite(.timeLimit(.minutes(2))) struct ImportTests {
    private static let list = """
        Nombre;Móvil;Correo;Etiquetas;Ciudad;Notas;Baja;Acepta publicidad
        Ana;55 1234 5678;ana@Example.com;VIP, Feria;Puebla;Llamar;;sí
        Luis;+34 612 345 678;;;Madrid;;sí;sí
        ANA;+521 55 1234 5678;;;;;;
        Zoë;12;zoe@example.com;;;;;
        Eva;;eva@example.com;feria;;;;quizá
        """

    @Test func `a list is recognised, told what it would do, and written`() async throws {
        try await ImportRig.with { rig in
            let uploaded = try await rig.upload(Self.list)
            #expect(uploaded.state == .uploaded)
            #expect(
                try ImportPlan(json: uploaded.plan).columns.map(\.use.description) == [
                    "name", "phone", "email", "labels", "left_out", "notes", "opted_out", "consent",
                ])
            var options = ImportOptions()
            options.consent = .init(of: .column, words: "Acepto ofertas.", source: "Web")
            let city = ImportField.named("Ciudad", kind: .text, besides: [])

            let checked = try await rig.check(
                uploaded, options, uses: ["Ciudad": .field(city.key)], fields: [city])

            let report = try #require(checked.report)
            #expect(checked.state == .checked)
            #expect([report.rows, report.new, report.duplicates, report.rejected] == [5, 3, 1, 1] as [Int])
            #expect(report.rejections.map(\.code) == ["phone_tooShort"])
            #expect(report.duplicateTallies.map(\.code) == ["duplicate_phone"])
            let consents: [Int] = [report.consents, report.withdrawals, report.optedOut, report.withoutConsent]
            #expect(consents == [1, 1, 1, 1] as [Int])
            #expect(report.marks.map(\.code).sorted() == ["consent_unclear", "no_phone"])
            #expect(report.newLabels == ["Feria", "VIP"])
            #expect(report.newFields == ["Ciudad"])
            #expect(report.countries.map(\.code) == ["ES", "MX"])
            #expect(try await rig.count("contact") == 0)

            let done = try await rig.write(checked)

            #expect(done.state == .done)
            #expect(done.result?.new == 3)
            #expect(try await rig.count("contact") == 3)
            #expect(try await rig.text("SELECT value FROM handle WHERE address = '525512345678'") == "525512345678")
            #expect(try await rig.text("SELECT evidence FROM handle LIMIT 1") == "import")
            #expect(try await rig.count("contact_label") == 3)
            #expect(try await rig.count("contact_field") == 2)
            #expect(try await rig.text("SELECT note FROM contact WHERE name = 'Ana'") == "Llamar")
            #expect(try await rig.count("consent WHERE standing = 'granted'") == 1)
            #expect(try await rig.count("consent WHERE standing = 'withdrawn'") == 1)
        }
    }

    @Test func `rejected rows come back in the list's own columns, with a reason and without formulas`() async throws {
        try await ImportRig.with { rig in
            let record = try await rig.check(
                try await rig.upload("Nombre;Móvil\n=HYPERLINK(1);12\nAna;5512345678\nANA;5512345678;más\n"))

            let rows = try RejectedRows(record, language: .english, store: rig.store)
            let text = String(decoding: try await rig.all(rows), as: UTF8.self)

            #expect(rows.fileName == "clientes (rejected).csv")
            let lines = text.split(separator: "\r\n")
            #expect(lines[0] == "\u{FEFF}Nombre;Móvil;C;Row;Reason for rejection")
            #expect(lines[1].hasPrefix("'=HYPERLINK(1);12;;2;The number is too short"))
            #expect(lines[2] == "ANA;5512345678;más;4;Row 3 has the same phone number.")
        }
    }

    @Test func `who opted out in any row of theirs is not written to`() async throws {
        try await ImportRig.with { rig in
            var options = ImportOptions()
            options.consent = .init(of: .everybody, words: "Acepto ofertas.", source: "Feria")
            let filler = (0..<300).map { "Nr. \($0);55\($0 + 10_000_000);" }.joined(separator: "\n")
            let list = "Nombre;Móvil;Baja\nAna;5512345678;\n\(filler)\nANA;+521 55 1234 5678;sí\n"

            let checked = try await rig.check(try await rig.upload(list), options)

            let report = try #require(checked.report)
            #expect(report.withdrawals == 1)
            #expect(report.duplicateTallies.map(\.code) == ["duplicate_opted_out"])
            let done = try await rig.write(checked)
            #expect(done.result?.withdrawals == 1)
            #expect(done.result?.new == 301)
            let standing = """
                SELECT s.standing FROM consent s JOIN contact c ON c.id = s.contact_id
                WHERE c.name = 'Ana' AND s.purpose = 'marketing'
                """
            #expect(try await rig.text(standing) == "withdrawn")
            #expect(try await rig.count("contact WHERE name = 'Ana'") == 1)
            let again = try await rig.bring(list, options)
            #expect(again.report?.withdrawals == 0)
            #expect(again.result?.written == 0)
        }
    }

    @Test func `the same file a second time changes nothing`() async throws {
        try await ImportRig.with { rig in
            try await rig.bring(Self.list)
            let second = try await rig.bring(Self.list)

            #expect(second.report?.same == 3)
            #expect(second.result?.written == 0)
            #expect(second.changeID == nil)
            #expect(try await rig.count("contact") == 3)
        }
    }

    @Test func `a program that ends in the middle goes on where it was`() async throws {
        try await ImportRig.with { rig in
            let rows = (0..<700).map { "Nr. \($0);55\($0 + 10_000_000)" }.joined(separator: "\n")
            let record = try await rig.check(try await rig.upload("Nombre;Móvil\n\(rows)\n"))
            try await rig.desk.confirm(record.id, in: rig.workspace, by: "Ana")
            let first = Task {
                let worker = ImportWorker(store: rig.store, folder: rig.folder, name: "first", logger: quiet)
                let claimed = try #require(try await rig.store.claimImport(by: "first"))
                try await worker.work(claimed) { rows, _ in
                    if rows >= 100 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            try await first.value
            let half = try await rig.desk.found(record.id, in: rig.workspace)
            #expect(half.state == .importing)
            #expect((100..<700).contains(half.position))

            try await rig.store.releaseImports(of: nil)
            try await rig.service.workOnImports()

            let done = try await rig.desk.found(record.id, in: rig.workspace)
            #expect(done.state == .done)
            #expect(done.result?.new == 700)
            #expect(try await rig.count("contact") == 700)
            #expect(try await rig.count("change") == 1)
        }
    }

    @Test func `fields that we name ourselves are named in the company's language`() async throws {
        try await ImportRig.with { rig in
            try await rig.bring("Name;Mobile;Company\nAna;5512345678;Sol\n")

            #expect(try await rig.store.importWords(in: rig.workspace).fields.map(\.name) == ["Empresa"])
        }
    }

    @Test func `a check that was interrupted begins anew`() async throws {
        try await ImportRig.with { rig in
            let rows = (0..<400).map { "Nr. \($0);55\($0 + 10_000_000)" }.joined(separator: "\n")
            let record = try await rig.upload("Nombre;Móvil\n\(rows)\n")
            try await rig.desk.check(record, try ImportPlan(json: record.plan), ImportOptions())
            let first = Task {
                let worker = ImportWorker(store: rig.store, folder: rig.folder, name: "first", logger: quiet)
                let claimed = try #require(try await rig.store.claimImport(by: "first"))
                try await worker.work(claimed) { _, _ in withUnsafeCurrentTask { $0?.cancel() } }
            }
            try await first.value
            #expect(try await rig.desk.found(record.id, in: rig.workspace).state == .checking)

            try await rig.store.releaseImports(of: nil)
            try await rig.service.workOnImports()

            #expect(try await rig.desk.found(record.id, in: rig.workspace).report?.new == 400)
            #expect(try await rig.count("import_row") == 400)
        }
    }

    @Test func `a file goes when it is written, and one that cannot be read says why`() async throws {
        try await ImportRig.with { rig in
            let done = try await rig.bring("Móvil\n5512345678\n5512345679\n")
            #expect(done.isFileKept == false)

            let other = try await rig.upload("Móvil\n5512345678\n5512345679\n5512345670\n")
            try FileManager.default.removeItem(atPath: rig.folder.files.file(other.sha256, in: rig.workspace))
            let failed = try await rig.check(other)
            #expect(failed.state == .failed)
            #expect(failed.failure?.en.contains("could not be read") == true)
        }
    }

    @Test(arguments: [
        ("%PDF-1.4 ...", "This file is a PDF document"), ("   \n  ", "The file is empty"),
        (
            String(repeating: "a,", count: 10_000) + "\n" + String(repeating: "1,", count: 10_000),
            "The file has more than 500 columns"
        ),
    ])
    func `what is no list of contacts is told in one sentence`(text: String, sentence: String) async throws {
        try await ImportRig.with { rig in
            do {
                _ = try await rig.upload(text)
                Issue.record("taken")
            } catch let error as PuenteError {
                #expect(error.message.en.hasPrefix(sentence), "\(error.message.en)")
            }
        }
    }

    @Test func `what is exported is what is here`() async throws {
        try await ImportRig.with { rig in
            var options = ImportOptions()
            options.consent = .init(of: .column, words: "Acepto ofertas.", source: "Web")
            let city = ImportField.named("Ciudad", kind: .text, besides: [])
            let checked = try await rig.check(
                try await rig.upload(Self.list), options, uses: ["Ciudad": .field(city.key)], fields: [city])
            _ = try await rig.write(checked)
            let fields = try await rig.store.importWords(in: rig.workspace).fields
            for format in [ContactExport.Format.csv, .xlsx, .vcard] {
                let bytes = try await rig.all(
                    ContactExport(format, of: rig.workspace, fields: fields, store: rig.store))

                let again = try await rig.check(
                    try await rig.upload(bytes, named: "export.\(format.fileExtension)"),
                    uses: ["Ciudad": .field(city.key)])

                #expect(again.report?.rows == 3, "\(format)")
                #expect(again.report?.same == 3, "\(format): \(again.report?.examples ?? [])")
                // A card has a column for birthdays, whether anybody has one or not.
                #expect(again.report?.newFields == [], "\(format)")
            }
            let label = try #require(try await rig.store.labels(in: rig.workspace).first { $0.name == "VIP" })
            let vip = ContactSelection.matching(
                try SegmentConditions(.all, [.condition(.label(label.id, isSo: true))]))
            let json = try await rig.all(
                ContactExport(.json, of: rig.workspace, selection: vip, fields: fields, store: rig.store))
            let people = try JSONSerialization.jsonObject(with: Data(json)) as? [[String: Any]]
            #expect(people?.count == 1)
            #expect(people?.first?["phones"] as? [String] == ["+525512345678"])
        }
    }

    @Test func `whatever people and fields are called, an export is what is here`() async throws {
        try await ImportRig.with { rig in
            let names = ["Baja", "Notas internas", "Otro teléfono", "phone", "Empresa"]
            let fields = names.enumerated().map {
                ImportField(key: "own_\($0.offset)", name: $0.element, kind: .text)
            }
            let uses = Dictionary(uniqueKeysWithValues: zip("ABCDE", fields).map { (String($0), $1) })
            let list = """
                A;B;C;D;E;Móvil;Etiquetas
                sí;a;5587654321;d;e;5512345678;"\""Sur, 2"\", VIP"
                """
            let record = try await rig.check(
                try await rig.upload(list), uses: uses.mapValues { .field($0.key) }, fields: fields)
            #expect(record.report?.newLabels == ["Sur, 2", "VIP"])
            _ = try await rig.write(record)
            try await rig.meet("MX.13491208655302741918", profileName: "La Güera")
            let known = try await rig.store.importWords(in: rig.workspace).fields
            #expect(known.count == 5)

            for format in [ContactExport.Format.csv, .xlsx, .vcard] {
                let bytes = try await rig.all(
                    ContactExport(format, of: rig.workspace, fields: known, store: rig.store))
                let again = try await rig.check(
                    try await rig.upload(bytes, named: "export.\(format.fileExtension)", region: nil))

                let report = try #require(again.report)
                #expect([report.rows, report.same] == [2, 2] as [Int], "\(format): \(report)")
                if format != .vcard {
                    let filled = try ImportPlan(json: again.plan).columns.map(\.use.description)
                    #expect(Set(filled).isSuperset(of: known.map { "field:\($0.key)" }), "\(filled)")
                }
            }
        }
    }

    @Test func `a user id finds whom WhatsApp told of, and makes nobody`() async throws {
        try await ImportRig.with { rig in
            try await rig.meet("MX.1", profileName: "La Güera")

            let record = try await rig.bring("Nombre,bsuid\nLucía,MX.1\nNadie,MX.2\n")

            #expect(record.report?.fills == 1)
            #expect(record.report?.rejections.map(\.code) == ["user_id_unknown"])
            #expect(try await rig.count("contact") == 1)
            #expect(try await rig.text("SELECT name FROM contact") == "Lucía")
        }
    }

    @Test func `a column that is called like a field of the company's fills it`() async throws {
        try await ImportRig.with { rig in
            let city = ImportField.named("Ciudad", kind: .text, besides: [])
            _ = try await rig.write(
                try await rig.check(
                    try await rig.upload("Móvil;Ciudad\n5512345678;Puebla\n"), uses: ["Ciudad": .field(city.key)],
                    fields: [city]))

            let next = try await rig.upload("Móvil;CIUDAD;Ciudad\n5512345679;Mérida;x\n")

            #expect(
                try ImportPlan(json: next.plan).columns.map(\.use.description) == ["phone", "field:ciudad", "left_out"])
        }
    }

    @Test func `a list that only a command could read ends with its sentence`() async throws {
        try await ImportRig.with { rig in
            let plan = try ImportPlan(json: try await rig.upload("Móvil\n5512345678\n5512345679\n").plan)
            let id = try await rig.store.makeImport(
                ImportDraft(fileName: "a.csv", size: 1, sha256: "", plan: try plan.json, actor: "ana (terminal)"),
                in: rig.workspace)
            try await rig.store.checkImport(id, plan: try plan.json, options: ImportOptions(), in: rig.workspace)

            try await rig.service.workOnImports()

            let failed = try await rig.desk.found(id, in: rig.workspace)
            #expect(failed.state == .failed)
            #expect(failed.failure == PuenteError.importFileGone.message)
        }
    }
}
