import Foundation
import Testing

/// A row of a fixture: what was written, where, and what it means.
struct PhoneCase: CustomTestStringConvertible {
    let raw: String
    let region: String
    /// Nil for a text that is no valid number.
    let e164: String?
    /// What the number is used for, where the fixture says so.
    let kind: String?

    /// Nil where the fixture gives none.
    var defaultRegion: String? { region.isEmpty ? nil : region }

    var testDescription: String { "\(raw) in \(region)" }

    /// - Parameter column: which column holds the expected number.
    static func read(_ name: String, column: Int = 2) throws -> [PhoneCase] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        // Raw texts hold marks and blanks of many kinds: split at the line feed and the tab only.
        let lines = try String(contentsOf: file, encoding: .utf8).unicodeScalars.split(separator: "\n")
        return lines.dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            return PhoneCase(
                raw: fields[0], region: fields[1], e164: fields[column] == "INVALID" ? nil : fields[column],
                kind: fields.count > 3 ? fields[3] : nil)
        }
    }
}
