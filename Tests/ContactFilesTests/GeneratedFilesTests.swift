import ContactFiles
import Foundation
import Testing

/// Files of `Scripts/messy-contacts`, whose truth is known, read as a person would have them read.
@Suite struct GeneratedFilesTests {
    static let cases: [[String]] =
        ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "gb18030", "shift_jis"].map { ["--encoding", $0] }
        + [
            ["--encoding", "big5", "--language", "zh"], ["--delimiter", ";", "--language", "es"],
            ["--delimiter", "tab", "--language", "pt", "--damaged", "0"], ["--delimiter", "|"],
            ["--format", "xlsx", "--damaged", "0"], ["--format", "xlsx", "--shared", "--damaged", "0"],
        ]

    @Test(arguments: cases)
    func `every row comes out as it was meant, and every damaged one is found`(options: [String]) throws {
        let file = try TestFile([])
        let truth = try TestFile([])
        try Self.generate(["1500", file.path, "--truth", truth.path, "--damaged", "0.02"] + options)

        let inspection = try file.inspect()
        let phone = try #require(inspection.mapping.columns(for: .phone).first)
        let items = try file.items()

        let rows = try Self.truth(truth.path)
        #expect(items.map(\.number) == rows.map(\.number))
        #expect(items.filter { $0.fault != nil }.map(\.number) == rows.filter(\.isDamaged).map(\.number))
        for (item, row) in zip(items, rows) where !row.isDamaged {
            #expect(item.row?[phone] == row.phone, "row \(row.number)")
            #expect(item.cells.count <= 9)
        }
        #expect(
            Set(inspection.columns.map(\.guess.meaning)).isSuperset(of: [.name, .country, .email, .consent, .notes]))
    }

    private struct Row {
        let number: Int
        let isDamaged: Bool
        /// As the file should yield it: a guarded number without its apostrophe.
        let phone: String
    }

    private static func truth(_ path: String) throws -> [Row] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.unicodeScalars.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            let phone = fields[5].hasPrefix("'+") ? String(fields[5].dropFirst()) : fields[5]
            return Row(number: try #require(Int(fields[0])), isDamaged: fields[1] == "damaged", phone: phone)
        }
    }

    private static func generate(_ arguments: [String]) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: "Scripts/messy-contacts")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
