import Foundation
import Testing

@testable import puente

@Suite struct ContactsCleanTests {
    private static let list = """
        Nombre;Móvil;Correo;Notas
        Ana;0912 345 678;ana@Example.COM;=SUM(A1)
        Luis;+34 612 345 678;;
        ANA GARCÍA;+886-912-345-678;;"two
        lines"
        Zoë;12345;zoe@example.com;
        Eva;;eva@example.com;<b>&
        """

    private let folder: TemporaryFolder
    private let file: String

    init() throws {
        folder = try TemporaryFolder()
        file = try folder.write("clientes.csv", Self.list)
    }

    private func clean(
        _ arguments: String..., environment: [String: String] = [:]
    ) async -> (status: Int32, output: [String], errors: [String]) {
        let terminal = RecordedTerminal()
        let status = await terminal.run(["contacts", "clean"] + arguments, environment: environment)
        return (status, terminal.output, terminal.errors)
    }

    private var leftOvers: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") } }
    }

    // MARK: outputs

    @Test func `the clean file has the contact first and the row behind it, with formulas guarded`() async throws {
        let answer = await clean(file, "--region", "TW", "--out", folder.file("clean.csv"))

        #expect(answer.status == 0, "\(answer.errors)")
        let lines = try folder.read("clean.csv").components(separatedBy: "\r\n")
        #expect(
            lines == [
                "phone,whatsapp_id,country,kind,name,email,mark,Nombre,Móvil,Correo,Notas",
                "+886912345678,886912345678,TW,mobile,Ana,ana@example.com,,Ana,0912 345 678,ana@Example.COM,'=SUM(A1)",
                "+34612345678,34612345678,ES,mobile,Luis,,,Luis,'+34 612 345 678,,",
                ",,,,Eva,eva@example.com,\"There is no phone number, only an e-mail address.\",Eva,,eva@example.com,<b>&",
                "",
            ])
        #expect(try leftOvers == [])
    }

    @Test func `no two columns have one name, and no row is longer than the others`() async throws {
        // Beyond the rows by which the columns are known.
        let others = (100...310).map { "Luis,0911222\($0)\n" }.joined()
        let english = try folder.write(
            "customers.csv", "Name,Phone\n\(others)Ana,0912345678,more,cells\n")

        let answer = await clean(english, "--region", "TW", "--out", folder.file("clean.csv"))

        #expect(answer.status == 0, "\(answer.errors)")
        let lines = try folder.read("clean.csv").components(separatedBy: "\r\n")
        #expect(lines[0] == "phone,whatsapp_id,country,kind,name,email,mark,Name (original),Phone (original)")
        #expect(lines[212] == "+886912345678,886912345678,TW,mobile,Ana,,[more | cells],Ana,0912345678")

        let again = await clean(folder.file("clean.csv"), "--out", folder.file("again.csv"))
        #expect(again.status == 0, "\(again.errors)")
        let headings = try folder.read("again.csv").components(separatedBy: "\r\n")[0].split(separator: ",")
        #expect(Set(headings.map { $0.lowercased() }).count == headings.count)
        #expect(headings.suffix(9).first == "phone (original 2)" && headings.last == "Phone (original)")

        let twins = try folder.write("twins.csv", "phone,phone\n0912345678,0912345679\n")
        _ = await clean(twins, "--region", "TW", "--out", folder.file("twins-clean.csv"))
        #expect(
            try folder.read("twins-clean.csv").hasPrefix(
                "phone,whatsapp_id,country,kind,name,email,mark,phone (original),phone (original 2)\r\n"))
    }

    @Test func `a file that was cleaned is clean`() async throws {
        let dirty = try folder.write(
            "dirty.csv", "Nombre,Apellidos,Teléfono\nAna,López,0912 345 678\nLuis,Pérez,+52 55 1234 5678\n")
        _ = await clean(dirty, "--region", "TW", "--out", folder.file("once.csv"))

        let answer = await clean(folder.file("once.csv"), "--region", "MX", "--out", folder.file("twice.csv"))

        #expect(answer.status == 0, "\(answer.errors)")
        let rows = { (name: String) in
            try folder.read(name).components(separatedBy: "\r\n").dropFirst().map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).prefix(7).map(String.init)
            }
        }
        #expect(try rows("twice.csv") == rows("once.csv"))
        #expect(try rows("once.csv").first?.contains("Ana López") == true)
    }

    @Test func `rejected rows and duplicates keep their columns and say why, for a spreadsheet`() async throws {
        let answer = await clean(file, "--region", "TW", "--rejected", folder.file("rejected.csv"), "--language", "es")

        #expect(answer.status == 0, "\(answer.errors)")
        let lines = try folder.read("rejected.csv").components(separatedBy: "\r\n")
        #expect(lines.count == 4)
        #expect(lines[0] == "\u{FEFF}Nombre;Móvil;Correo;Notas;Fila;Motivo del rechazo")
        #expect(lines[1] == "ANA GARCÍA;'+886-912-345-678;;\"two\nlines\";4;La fila 2 tiene el mismo teléfono.")
        #expect(lines[2].hasPrefix("Zoë;12345;zoe@example.com;;5;El número es demasiado corto para su país."))
    }

    @Test func `the report stands by itself, runs nothing and escapes what people wrote`() async throws {
        let answer = await clean(file, "--region", "TW", "--report", folder.file("report.html"))

        #expect(answer.status == 0, "\(answer.errors)")
        let page = try folder.read("report.html")
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
        #expect(page.contains("5 rows became 3 contacts: 40.0 % fewer."))
        #expect(page.contains("Taiwan (TW)"))
        #expect(page.contains("<td>Row 2 has the same phone number.</td>"))
        for banned in ["<script", "http://", "https://", "src=", "href=", "<b>&"] {
            #expect(!page.contains(banned), "\(banned)")
        }
    }

    @Test func `the report speaks the language of the terminal, or the one that was asked for`() async throws {
        _ = await clean(
            file, "--region", "TW", "--report", folder.file("es.html"), environment: ["LANG": "es_MX.UTF-8"])
        _ = await clean(
            file, "--region", "TW", "--report", folder.file("en.html"), "--language", "en",
            environment: ["LANG": "es_MX.UTF-8"])

        #expect(try folder.read("es.html").contains("5 filas quedaron en 3 contactos: un 40,0 % menos."))
        #expect(try folder.read("en.html").contains("<html lang=\"en\">"))
    }

    @Test func `figures are told at the end, and nothing is written that was not asked for`() async throws {
        let answer = await clean(file, "--region", "TW")

        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output[0].hasPrefix("\(file): CSV, UTF-8, separated by semicolons, "))
        #expect(answer.output[1...3] == ["Columns read as:", "  Nombre  Name", "  Móvil   Phone"])
        #expect(answer.output.contains("Rows read             5  100.0 %"))
        #expect(answer.output.contains("Duplicates            1   20.0 %"))
        #expect(answer.output.contains("  1  The number is too short for its country."))
        #expect(answer.output.contains("5 rows became 3 contacts: 40.0 % fewer."))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["clientes.csv"])
    }

    @Test func `a clean file is clean when it is cleaned again`() async throws {
        _ = await clean(file, "--region", "TW", "--out", folder.file("clean.csv"))

        let again = await clean(folder.file("clean.csv"), "--out", folder.file("again.csv"))

        #expect(again.status == 0, "\(again.errors)")
        #expect(again.output.contains("3 rows became 3 contacts: 0.0 % fewer."))
    }

    // MARK: columns

    @Test func `a column may be named by its heading or its letter, and then counts alone`() async throws {
        let path = try folder.write(
            "list.csv", "Phone;Contacto\n0912345678;0922345678\n0912345679;0922345679\n0912345670;0922345670\n")

        for column in ["Contacto", "contacto", "B"] {
            let out = folder.file("\(UUID().uuidString).csv")
            let answer = await clean(path, "--region", "TW", "--map", "phone=\(column)", "--out", out)
            #expect(answer.status == 0, "\(answer.errors)")
            #expect(try String(contentsOfFile: out, encoding: .utf8).contains("+886922345678,"))
        }
    }

    @Test func `without a column for phone or address the columns are named`() async throws {
        let path = try folder.write("list.csv", "Nombre,Notas\nAna,hola\nLuis,adiós\nEva,vale\n")

        let answer = await clean(path)

        #expect(answer.status == 2)
        #expect(answer.errors.count == 1)
        #expect(answer.errors.first?.contains("was recognised among: Nombre, Notas.") == true)
        #expect(answer.errors.first?.contains("--map phone=A") == true)
    }

    @Test func `a column that is not there, and a meaning that does not exist, are wrong use`() async throws {
        let column = await clean(file, "--map", "phone=Fax")
        let meaning = await clean(file, "--map", "telephone=Móvil")

        #expect(column.status == 2)
        #expect(column.errors == ["There is no column \"Fax\"; the file's columns are: Nombre, Móvil, Correo, Notas."])
        #expect(meaning.status == 2)
        #expect(meaning.errors.first?.hasPrefix("--map takes a meaning, = and a column") == true)
    }

    // MARK: what is refused

    @Test func `a file that is there is replaced only when that is said`() async throws {
        let out = try folder.write("clean.csv", "mine")

        let refused = await clean(file, "--region", "TW", "--out", out)
        #expect(refused.status == 2)
        #expect(refused.errors == ["\(out) is there already: choose another name, or replace it with --force."])
        #expect(try folder.read("clean.csv") == "mine")

        #expect(await clean(file, "--region", "TW", "--out", out, "--force").status == 0)
        #expect(try folder.read("clean.csv").hasPrefix("phone,"))
        #expect(try leftOvers == [])
    }

    @Test func `the file that is read, and one file for two outputs, are refused even with force`() async throws {
        let source = await clean(file, "--out", file, "--force")
        let twice = await clean(file, "--out", folder.file("a"), "--report", folder.file("./a"))
        let device = await clean(file, "--out", "/dev/null", "--force")

        #expect([source.status, twice.status, device.status] == [2, 2, 2])
        #expect(source.errors == ["\(file) is the file that is read: choose another name."])
        #expect(twice.errors == ["--out, --rejected and --report have to be different files."])
        #expect(device.errors == ["/dev/null is no ordinary file: choose another name."])
        #expect(try folder.read("clientes.csv") == Self.list)
    }

    @Test func `a folder that is not there fails with 1 and leaves nothing`() async throws {
        let answer = await clean(
            file, "--region", "TW", "--out", folder.file("clean.csv"), "--report", folder.file("no/report.html"))

        #expect(answer.status == 1)
        #expect(answer.errors == ["\(folder.file("no/report.html")): No such file or directory."])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["clientes.csv"])
    }

    @Test(arguments: [
        ("a.pdf", "%PDF-1.7\n", "This file is a PDF document, not a list of contacts."),
        ("empty.csv", "", "The file is empty."),
        ("only.csv", "Name,Phone\n", "The file"),
        ("wide.csv", String(repeating: "Phone,", count: 10_000) + "\n", "The file has more than 500 columns."),
    ])
    func `a file that is no list of contacts ends with 2 and one sentence`(
        name: String, text: String, sentence: String
    ) async throws {
        let path = try folder.write(name, text)

        let answer = await clean(path, "--region", "TW", "--out", folder.file("clean.csv"))

        #expect(answer.status == 2)
        #expect(answer.errors.count == 1)
        #expect(answer.errors.first?.hasPrefix("\(path): \(sentence)") == true, "\(answer.errors)")
        #expect(try !FileManager.default.fileExists(atPath: folder.file("clean.csv")) && leftOvers.isEmpty)
    }

    @Test func `a zip bomb ends with one sentence`() async throws {
        let path = folder.file("bomb.xlsx")
        try Self.makeBomb(path)

        let answer = await clean(path, "--region", "TW")

        #expect(answer.status == 2)
        #expect(
            answer.errors == [
                "\(path): The Excel file unpacks to far more than a list of contacts. Save the sheet as CSV."
            ])
    }

    @Test func `one row is a row`() async throws {
        let one = try folder.write("one.csv", "Name,Phone\nAna,12\n")
        let english = await clean(one, "--region", "TW")
        let spanish = await clean(one, "--region", "TW", "--language", "es")

        #expect(english.output.contains("1 row became 0 contacts: 100.0 % fewer."))
        #expect(spanish.output.contains("1 fila quedó en 0 contactos: un 100,0 % menos."))
    }

    @Test func `what cannot be read ends with 1, a folder with 2, and both say why`() async throws {
        let missing = await clean(folder.file("no.csv"))
        let directory = await clean(folder.path)

        #expect([missing.status, directory.status] == [1, 2])
        #expect(
            missing.errors.first?.contains("no.csv: The file could not be read: No such file or directory.") == true)
        #expect(
            directory.errors.first?.contains(
                "This is a folder or a device, not a file. Choose the file that holds the contacts.") == true)
    }

    @Test func `a country that does not exist is wrong use, and a missing one is hinted at`() async throws {
        let unknown = await clean(file, "--region", "Atlantis")
        let missing = await clean(file)

        #expect(unknown.status == 2)
        #expect(unknown.errors == ["--region takes a country such as TW, Taiwan or +886, not \"Atlantis\"."])
        #expect(missing.status == 0)
        #expect(missing.errors.first?.contains("Name their country with --region") == true)
    }

    /// A workbook of some hundred kilobytes whose sheet unpacks to 200 MB.
    private static func makeBomb(_ path: String) throws {
        let script = """
            import sys, zipfile
            main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
            office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
            package = 'http://schemas.openxmlformats.org/package/2006/relationships'
            with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:
                archive.writestr('[Content_Types].xml', '<Types/>')
                archive.writestr('_rels/.rels', f'<Relationships xmlns="{package}"><Relationship Id="r1" '
                    f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
                archive.writestr('xl/workbook.xml', f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                    '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>')
                archive.writestr('xl/_rels/workbook.xml.rels', f'<Relationships xmlns="{package}"><Relationship '
                    f'Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
                with archive.open('xl/worksheets/sheet1.xml', 'w', force_zip64=True) as sheet:
                    sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
                    for _ in range(200):
                        sheet.write(b' ' * 1_000_000)
                    sheet.write(b'</sheetData></worksheet>')
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
