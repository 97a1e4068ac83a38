import ContactFiles
import Domain
import Store
import Testing

@testable import Pipeline

/// People of one list who share numbers, and rows that name several people.
@Suite(.timeLimit(.minutes(2))) struct SharedHandleTests {
    @Test func `a no counts in a rejected row, in the words of its column, for everybody whom the row names`()
        async throws
    {
        try await ImportRig.with { rig in
            var options = ImportOptions()
            options.consent = .init(of: .everybody, words: "Acepto ofertas.", source: "Feria")
            let known = """
                Nombre,Móvil,Correo
                Ana,5512345678,
                Bea,5512345679,
                Cai,,cai@example.com
                Dan,5512345670,

                """
            #expect(try await rig.bring(known, options).result?.consents == 4)

            let checked = try await rig.check(
                try await rig.upload(
                    """
                    Nombre,Móvil,Correo,Baja
                    Bea,5512345678 / 5512345679,b@example.com,BAJA
                    Cai,12,cai@example.com,退訂
                    Dan,5512345670,,subscribed

                    """), options)

            let report = try #require(checked.report)
            #expect([report.rejected, report.same, report.withdrawals] == [2, 1, 3] as [Int])
            #expect(report.marks.map(\.code) == ["opt_out_counts"])
            #expect(report.rejections.map(\.code).sorted() == ["phone_severalNumbers", "phone_tooShort"])
            #expect(try await rig.write(checked).result?.withdrawals == 3)
            #expect(try await rig.count("consent WHERE standing = 'withdrawn'") == 3)
            let standing = """
                SELECT s.standing FROM consent s JOIN contact c ON c.id = s.contact_id WHERE c.name = 'Dan'
                """
            #expect(try await rig.text(standing) == "granted")
        }
    }

    @Test func `who shares a switchboard stays somebody of their own, and the report is the result`() async throws {
        try await ImportRig.with { rig in
            let rows = (0..<1500).map { "Nr. \($0);55\($0 + 10_000_000);55\($0 / 10 + 30_000_000)" }
            let list = "Nombre;Móvil;Trabajo\n\(rows.joined(separator: "\n"))\n"

            let checked = try await rig.check(
                try await rig.upload(list), uses: ["Trabajo": .meaning(.phone)])
            let done = try await rig.write(checked)

            let report = try #require(checked.report)
            #expect([report.new, report.duplicates, report.rejected] == [1500, 0, 0] as [Int])
            #expect(report.marks.first { $0.code == "phone_of_another" }?.count == 1350)
            #expect(done.result?.new == 1500)
            #expect(try await rig.count("contact") == 1500)
            #expect(try await rig.count("handle") == 1650)
            let again = try await rig.check(try await rig.upload(list), uses: ["Trabajo": .meaning(.phone)])
            #expect(again.report?.same == 1500)
        }
    }

    @Test func `of somebody who was erased the check keeps nothing, whatever becomes of their rows`() async throws {
        try await ImportRig.with { rig in
            try await rig.bring("Nombre,Móvil\nLucía,5512345678\n")
            let lucia = try #require(try await rig.store.contacts(in: rig.workspace).items.first).person.id
            _ = try await rig.store.erase(lucia, wish: .tell, by: "Ana", in: rig.workspace)

            let checked = try await rig.check(
                try await rig.upload(
                    """
                    Nombre,Móvil
                    Lucía,5512345678
                    Lucía P.,+52 55 1234 5678
                    Lucía Q.,5512345678 / 5512345679
                    Eva,12

                    """))

            let report = try #require(checked.report)
            #expect([report.rejected, report.duplicates, report.erased] == [3, 1, 2] as [Int])
            let text = try JSONText.encode(report)
            #expect(!text.contains("Luc") && !text.contains("5512345678") && !text.contains("1234"))
            let rows = "import_row WHERE import_id = \(checked.id.rawValue)"
            #expect(try await rig.count("\(rows) AND cells LIKE '%Luc%'") == 0)
            #expect(try await rig.count("\(rows) AND cells LIKE '%Eva%'") == 1)
            #expect(try await rig.count("\(rows) AND notes LIKE '%5512345678%'") == 0)
        }
    }
}
