import ContactFiles
import Domain
import Testing

@Suite struct WrongKindTests {
    static let cases: [(String, [UInt8])] = [
        ("wrong_kind.pdf", Array("%PDF-1.7\n%âãÏÓ\n1 0 obj".utf8)),
        ("wrong_kind.image", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, 0x4A, 0x46, 0x49, 0x46]),
        ("wrong_kind.image", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("wrong_kind.oldExcel", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 500)),
        ("wrong_kind.executable", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]),
        ("wrong_kind.executable", Array("MZ".utf8) + [0x90, 0, 3, 0, 0, 0]),
        ("wrong_kind.archive", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]),
        ("wrong_kind.archive", Array("Rar!".utf8) + [0x1A, 7, 1, 0]),
        ("wrong_kind.media", [0, 0, 0, 0x18] + Array("ftypmp42".utf8)),
        ("wrong_kind.image", [0, 0, 0, 0x18] + Array("ftypheic".utf8)),
        ("wrong_kind.database", Array("SQLite format 3\0".utf8)),
        ("wrong_kind.richText", Array("{\\rtf1\\ansi Ana 0912345678}".utf8)),
        ("wrong_kind.webPage", Array("\n<html><body><table><tr><td>Ana".utf8)),
        ("wrong_kind.webPage", Array("<table border=1><tr><td>0912345678</td></tr></table>".utf8)),
        ("wrong_kind.xml", Array("<?xml version=\"1.0\"?><Workbook/>".utf8)),
        ("wrong_kind.json", Array("[{\"name\":\"Ana\"}]".utf8)),
        ("wrong_kind.word", TestZip(parts: [part("[Content_Types].xml"), part("word/document.xml")]).bytes),
        ("wrong_kind.presentation", TestZip(parts: [part("ppt/presentation.xml")]).bytes),
        ("wrong_kind.openDocument", TestZip(parts: [part("content.xml"), part("META-INF/manifest.xml")]).bytes),
        ("wrong_kind.numbers", TestZip(parts: [part("Index/Document.iwa")]).bytes),
        ("wrong_kind.binaryExcel", TestZip(parts: [part("xl/workbook.bin")]).bytes),
        ("wrong_kind.executable", TestZip(parts: [part("AndroidManifest.xml")]).bytes),
        ("wrong_kind.zip", TestZip(parts: [part("contacts.csv")]).bytes),
        ("wrong_kind.zip", TestZip(parts: []).bytes),
        ("wrong_kind.unknown", (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 37) }),
        ("file_empty", []),
        ("file_empty", Array("\n \r\n\t\n".utf8)),
        ("file_empty", [0xEF, 0xBB, 0xBF]),
    ]

    @Test(arguments: cases.indices)
    func `another kind of file is told by its content and refused with a sentence`(index: Int) throws {
        let (detail, bytes) = Self.cases[index]

        let error = try refusal { _ = try TestFile(bytes).inspect() }

        #expect(error?.detail == detail)
        #expect(error?.code == .invalid)
        #expect(error.map { $0.message.en != $0.message.es } == true)
    }

    @Test func `the sentences say what the file is and what to do`() throws {
        let error = try refusal { _ = try TestFile("%PDF-1.4 ").inspect() }

        #expect(
            error?.message.en
                == "This file is a PDF document, not a list of contacts. Export the list as CSV, Excel (.xlsx) or vCard and choose that file."
        )
        #expect(
            error?.message.es
                == "Este archivo es un documento PDF, no una lista de contactos. Exporte la lista como CSV, Excel (.xlsx) o vCard y elija ese archivo."
        )
    }

    @Test func `a file that is not there, no file, and one that is too large are refused`() throws {
        var limits = FileLimits()
        limits.fileBytes = 10
        let large = try TestFile("name,phone\nAna,0912345678\n")

        #expect(try refusal { _ = try ContactFile(path: "/nowhere/at/all") }?.detail == "file_unreadable")
        #expect(try refusal { _ = try ContactFile(path: "/tmp") }?.detail == "file_is_folder")
        #expect(try refusal { _ = try large.open(limits) }?.code == .tooLarge)
        #expect(try refusal { _ = try ContactFile(pasted: "0912345678 0912345679", limits: limits) }?.code == .tooLarge)
        #expect(try refusal { _ = try ContactFile(pasted: " \n") }?.detail == "file_empty")
    }

    private static func part(_ name: String) -> TestZip.Part {
        TestZip.Part(name: name, bytes: Array("x".utf8))
    }
}
