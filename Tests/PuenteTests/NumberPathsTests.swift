import CRM
import ContactFiles
import Crypto
import Domain
import Foundation
import PhoneNumbers
import Store
import Testing

@testable import Console
@testable import Pipeline

/// A number means the same by whatever way it comes in.
///
/// Where the ways differ on purpose:
/// - A number that a program wrote as an amount (`5512345678.0`) is refused, and in a list read without its decimals,
///   under a mark: there a column says that it is a number, and nobody sits before it to be told.
struct NumberPathsTests {
    private struct Case {
        let raw: String
        let region: String
        /// E.164 without "+"; nil for a text that is no valid number.
        let digits: String?
    }

    private static let cases: [Case] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "PhoneNumbersTests/Fixtures/cases.tsv")
        // A missing file shows as too few rows.
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.unicodeScalars.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            return Case(
                raw: fields[0], region: fields[1], digits: fields[2] == "INVALID" ? nil : String(fields[2].dropFirst()))
        }
    }()

    /// The digits that each way takes a text for; nil where it refuses it.
    private static let paths: [(name: String, read: @Sendable (_ text: String, _ region: String) -> String?)] = [
        ("list", { text, region in row(text, region)?.digits }), ("form", form), ("API", api), ("CRM", crm),
    ]

    @Test func `every row of the sample list is the same number by every way, but for amounts in a list`() {
        var different: [String] = []
        for row in Self.cases {
            let expected = Self.parser(row.raw, row.region)?.digits
            for (name, read) in Self.paths where !(name == "list" && Self.isAmount(row.raw)) {
                let digits = read(row.raw, row.region)
                if digits != expected {
                    different.append("\(row.raw) in \(row.region): \(name) \(digits ?? "-"), not \(expected ?? "-")")
                }
            }
        }

        #expect(Self.cases.count > 1000)
        #expect(different == [])
    }

    @Test func `a number of the sample list is taken, and of no other a number without doubt`() {
        for row in Self.cases {
            let digits = Self.parser(row.raw, row.region)?.digits
            if let expected = row.digits {
                #expect(digits == expected, "\(row.raw)")
            } else if let digits {
                #expect(PhoneNumber.isDoubtful(digits), "\(row.raw)")
            }
        }
    }

    @Test func `an amount is read without its decimals in a list, unless only with the nought it is a number`() {
        let amounts = Self.cases.filter { Self.isAmount($0.raw) }

        #expect(amounts.count > 30)
        for row in amounts {
            let plain = Self.parser(String(row.raw.dropLast(2)), row.region)
            let taken = Self.row(row.raw, row.region)
            let expected = plain?.validity == .valid ? plain : Self.parser(row.raw, row.region)
            #expect(taken?.digits == expected?.digits, "\(row.raw)")
            #expect(taken?.isMarked == (plain?.validity == .valid), "\(row.raw)")
        }
    }

    private static func isAmount(_ raw: String) -> Bool { raw.hasSuffix(".0") }

    private static func parser(_ text: String, _ region: String) -> PhoneNumber? {
        try? PhoneNumber(text, region: region)  // Refused is what nil says.
    }

    private static func row(_ text: String, _ region: String) -> (digits: String, isMarked: Bool)? {
        var cleaner = ContactCleaner(
            ColumnMapping(meanings: [.phone]), region: PhoneRegion(region), key: SymmetricKey(size: .bits256))
        guard case .accepted(let contact, let marks) = cleaner.judge(.row(FileRow(number: 2, line: 2, cells: [text]))),
            let phone = contact.phone
        else { return nil }
        return (phone.digits, !marks.isEmpty)
    }

    @Sendable private static func form(_ text: String, _ region: String) -> String? {
        // Refused is what nil says.
        guard let address = try? AddressReading.address(text, region: region), address.kind == .phone else {
            return nil
        }
        return address.text
    }

    @Sendable private static func api(_ text: String, _ region: String) -> String? {
        let body = BodyObject(["phone": text], at: "", problems: BodyProblems())
        return MessageDraft.phone("phone", of: body, region: region)
    }

    @Sendable private static func crm(_ text: String, _ region: String) -> String? {
        RemoteIdentity(RemoteContact(id: "1", phones: [text]), region: region).phones.first
    }
}
