import ArgumentParser
import Foundation
import PhoneNumbers
import Proving

/// How many phone numbers a second one core reads.
struct PhoneSpeed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phones", abstract: "Reads phone numbers on one core: plain ones, messy ones, rows of a file.")

    @Option(help: "How many numbers of each kind are read.")
    var count = 1_000_000

    @Option(help: "A file to read besides: a heading, then rows of raw text, tab, region.")
    var file: String?

    func run() throws {
        print("machine: \(MachineFigures().description)")
        measure("international digits", Self.column { "+" + $0.callingCode + $0.digits($1) })
        measure("as written at home", Self.column { $0.national($1) })
        measure("with words and other digits", Self.column(Self.messy))
        measure("that are refused", Self.column { $0.national($1) + "000000" })
        if let file { measure("of the file", try Self.rows(of: file)) }
    }

    private func measure(_ name: String, _ cells: [Cell]) {
        let plans = cells.prefix(1000).count { $0.isValid }  // the plans are made ready before the clock starts
        let start = ContinuousClock.now
        var read = 0
        var valid = 0
        while read < count {
            for cell in cells where cell.isValid { valid += 1 }
            read += cells.count
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let share = Double(valid) / Double(read) * 100
        print(
            "numbers \(name): \(Int(Double(read) / seconds)) a second, \(Int(share)) % valid (\(plans) of the first 1000)"
        )
    }

    /// 10,000 numbers of the samples' countries in turn.
    private static func column(_ write: (Sample, Int) -> String) -> [Cell] {
        (0..<10_000).map { index in
            let sample = samples[index % samples.count]
            return Cell(text: write(sample, index), region: sample.region)
        }
    }

    private static func messy(_ sample: Sample, _ index: Int) -> String {
        let written = sample.national(index)
        return switch index / samples.count % 5 {
        case 0: "Tel: \(written)"
        case 1: "móvil \(written) (casa)"
        case 2: String(written.map { $0.wholeNumberValue.map { Array("０１２３４５６７８９")[$0] } ?? $0 })
        case 3: "00\(sample.callingCode) \(sample.digits(index))"
        default: "WhatsApp: +\(sample.callingCode) \(sample.digits(index))"
        }
    }

    private static func rows(of file: String) throws -> [Cell] {
        try String(contentsOfFile: file, encoding: .utf8).unicodeScalars.split(separator: "\n").dropFirst().map { row in
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            return Cell(text: fields[0], region: fields[1])
        }
    }

    private static let samples = [
        Sample(region: "MX", callingCode: "52", prefix: "", start: "551234"),
        Sample(region: "AR", callingCode: "54", prefix: "0", start: "115011"),
        Sample(region: "BR", callingCode: "55", prefix: "0", start: "1196123"),
        Sample(region: "CO", callingCode: "57", prefix: "", start: "321123"),
        Sample(region: "PE", callingCode: "51", prefix: "", start: "91234"),
        Sample(region: "ES", callingCode: "34", prefix: "", start: "61234"),
        Sample(region: "US", callingCode: "1", prefix: "1", start: "201555"),
        Sample(region: "TW", callingCode: "886", prefix: "0", start: "91234"),
        Sample(region: "DE", callingCode: "49", prefix: "0", start: "1512345"),
        Sample(region: "GB", callingCode: "44", prefix: "0", start: "740012"),
    ]
}

/// A cell of a column of phone numbers.
private struct Cell {
    let text: String
    let region: String

    var isValid: Bool {
        guard case .number(let number) = PhoneReading(text, region: region) else { return false }
        return number.validity == .valid
    }
}

/// Ten thousand numbers of one country.
private struct Sample {
    let region: String
    let callingCode: String
    /// Of calls at home.
    let prefix: String
    let start: String

    func digits(_ index: Int) -> String {
        start + String(10_000 + index % 10_000).dropFirst()
    }

    /// With a blank or a dash here and there.
    func national(_ index: Int) -> String {
        let digits = digits(index)
        return "\(prefix)\(digits.prefix(3)) \(digits.dropFirst(3).dropLast(4))-\(digits.suffix(4))"
    }
}
