import ContactFiles
import Crypto
import Domain
import Foundation
import PhoneNumbers
import Testing

@testable import Pipeline

/// Files of `Scripts/messy-contacts`, whose truth is known, row for row.
@Suite struct MessyContactsTests {
    private static let shares = ["--variants", "0.03", "--damaged", "0.01"]
    static let cases: [[String]] = [
        ["--region", "TW", "--seed", "11"] + shares, ["--region", "ES", "--seed", "12", "--delimiter", ";"] + shares,
        ["--region", "MX", "--seed", "13", "--encoding", "windows-1252", "--language", "es"] + shares,
        ["--region", "BR", "--seed", "14", "--language", "pt", "--encoding", "utf-16"] + shares,
        ["--region", "AR", "--seed", "15"] + shares,
        ["--region", "TW", "--seed", "16", "--format", "xlsx", "--variants", "0.03"],
    ]

    @Test(arguments: cases)
    func `every invalid row and every duplicate is found, and none wrongly`(options: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "messy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // The system cleans what stays.
        let (file, truth) = (folder.appending(path: "contacts").path, folder.appending(path: "truth").path)
        try Self.generate(["4000", file, "--truth", truth] + options)

        let rows = try Self.truth(truth)
        let run = try Self.run(file, region: options[1])
        var index = 0
        while let row = try run.next() {
            let known = try #require(rows.indices.contains(index) ? rows[index] : nil)
            #expect(row.item.number == known.number)
            #expect(known.problem(with: row.verdict) == nil, "row \(known.number), \(known.kind): \(known.raw)")
            index += 1
        }
        #expect(index == rows.count)
        #expect(run.figures.rows == rows.count)
    }

    private struct Row {
        let number: Int
        let verdict: String
        let kind: String
        let duplicateOf: Int?
        let e164: String
        let raw: String

        /// Nil when the verdict is what the truth says.
        func problem(with found: CleaningVerdict) -> String? {
            switch (verdict, found) {
            case ("valid", .accepted(let contact, let marks)):
                contact.phone?.e164 == e164 && marks.isEmpty ? nil : "\(contact) \(marks)"
            case ("duplicate", .duplicate(_, let duplicate)):
                duplicate == .init(handle: .phone, row: duplicateOf ?? 0) ? nil : duplicate.sentence.en
            case ("damaged", .rejected(.unreadable)): nil
            case ("invalid", .rejected(let rejection)):
                Self.codes[kind]?.contains(rejection.code) == true ? nil : rejection.code
            // The truth is about the phone cell; the person can be reached all the same.
            case ("invalid", .accepted(let contact, let marks)) where marks == [.noPhone]:
                ["empty", "words"].contains(kind) && contact.email != nil ? nil : "\(contact)"
            default: "\(found)"
            }
        }

        private static let codes: [String: Set<String>] = [
            "empty": ["no_handle"], "words": ["phone_notANumber", "no_handle"],
            "too_short": ["phone_tooShort", "phone_areaCodeMissing", "phone_notANumber", "phone_wrongLength"],
            "too_long": ["phone_tooLong"], "shortened": ["phone_spreadsheetNotation"],
            "no_country": ["phone_unknownCountry"], "two_numbers": ["phone_severalNumbers"],
        ]
    }

    private static func run(_ path: String, region: String) throws -> CleaningRun {
        let file = try ContactFile(path: path)
        let inspection = try file.inspect()
        let cleaner = ContactCleaner(
            inspection.mapping, region: PhoneRegion(region), key: SymmetricKey(size: .bits256))
        return CleaningRun(try file.rows(inspection.plan), by: cleaner)
    }

    private static func truth(_ path: String) throws -> [Row] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.unicodeScalars.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            return Row(
                number: try #require(Int(fields[0])), verdict: fields[1], kind: fields[2], duplicateOf: Int(fields[3]),
                e164: fields[4], raw: fields[5])
        }
    }

    private static func generate(_ arguments: [String]) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = root.appending(path: "Scripts/messy-contacts")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
