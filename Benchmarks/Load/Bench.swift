import ArgumentParser
import Foundation
import Proving

@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "puente-bench",
        abstract: "Measures Puente on this machine: speed, delays, memory, recovery.",
        discussion: "Benchmarks/README.md says how each line is measured.",
        subcommands: [
            Measure.self, SandboxChild.self, IntakeLogExperiment.self, PhoneSpeed.self, ContactSearchExperiment.self,
        ],
        defaultSubcommand: Measure.self)
}

struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Runs the lines and prints a report.")

    @Option(help: "The program to measure, a release build.")
    var program = ".build/release/puente"

    @Option(help: "Where temporary folders are made; its disk is what is measured.")
    var folder = NSTemporaryDirectory()

    @Option(help: "Only these lines, for example 1,2,9.")
    var only: String?

    @Option(help: "How often each line is run; the report shows medians.")
    var runs = 3

    @Flag(help: "One short run of each line.")
    var quick = false

    @Option(help: "The CRM of lines 1, 2, 3 and 5: hubspot or own.")
    var crm = "hubspot"

    @Option(help: "Webhooks a second of line 1.")
    var webhookRate = 12_000

    @Option(help: "Messages a minute of line 2.")
    var messageRate = 200_000

    @Flag(help: "Keep folders and logs.")
    var keep = false

    func run() async throws {
        let wanted = only.map { Set($0.split(separator: ",").compactMap { Int($0) }) }
        let bench = BenchSettings(
            program: URL(filePath: program).standardizedFileURL.path, folder: folder, crm: crm, isQuick: quick,
            webhookRate: webhookRate, messageRate: messageRate, keepsFolders: keep)
        Children.shared.endWithThisProcess()
        print("machine: \(MachineFigures().description)")
        print("program: \(bench.program), SQLite in \(folder), CRM \(crm); generator and sandbox share the machine\n")
        var reports: [LineReport] = []
        for line in Line.all where wanted?.contains(line.number) ?? true {
            reports.append(try await report(on: line, bench))
            print(reports.last?.details ?? "")
        }
        print(LineReport.table(reports))
        if !reports.allSatisfy(\.isMet) { print("Some lines miss their target; the details above say by how much.") }
    }

    private func report(on line: Line, _ bench: BenchSettings) async throws -> LineReport {
        var runs: [[Figure]] = []
        for number in 1...(quick ? 1 : max(1, self.runs)) {
            FileHandle.standardError.write(Data("line \(line.number), run \(number): \(line.title)\n".utf8))
            runs.append(try await line.run(bench))
        }
        return LineReport(line: line, runs: runs)
    }
}

struct BenchSettings: Sendable {
    let program: String
    let folder: String
    let crm: String
    let isQuick: Bool
    let webhookRate: Int
    let messageRate: Int
    let keepsFolders: Bool

    /// The length of a measured load.
    var seconds: Int { isQuick ? 10 : 60 }
}
