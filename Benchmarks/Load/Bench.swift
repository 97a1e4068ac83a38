import ArgumentParser
import Domain
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

    @Option(help: "The CRM of the lines that ask for one: \(ConnectorKind.words), or all of them, one after the other.")
    var crm = "hubspot"

    @Option(help: "Webhooks a second of line 1.")
    var webhookRate = 12_000

    @Option(help: "Messages a minute of line 2.")
    var messageRate = 200_000

    @Option(help: "Contacts of line 15; with --quick 5,000 at most.")
    var people = 100_000

    @Flag(help: "Keep folders and logs.")
    var keep = false

    func run() async throws {
        let crms = try ConnectorKind.chosen(crm)
        let wanted = only.map { Set($0.split(separator: ",").compactMap { Int($0) }) }
        let bench = BenchSettings(
            program: URL(filePath: program).standardizedFileURL.path, folder: folder, crm: crms[0], isQuick: quick,
            webhookRate: webhookRate, messageRate: messageRate, people: quick ? min(people, 5000) : people,
            keepsFolders: keep)
        Children.shared.endWithThisProcess()
        print("machine: \(MachineFigures().description)")
        print("program: \(bench.program), SQLite in \(folder), CRM \(crm); generator and sandbox share the machine\n")
        var reports: [LineReport] = []
        var failures = 0
        for line in Line.all where wanted?.contains(line.number) ?? true {
            for crm in turns(of: line, crms) {
                do {
                    let report = try await report(on: line, crm, bench)
                    print(report.details)
                    reports.append(report)
                } catch {
                    // The others are measured all the same.
                    failures += 1
                    print("line \(line.number) \(crm?.rawValue ?? ""): could not be measured: \(error)\n")
                }
            }
        }
        print(LineReport.tables(reports))
        if !reports.allSatisfy(\.isMet) { print("Some lines miss their target; the details above say by how much.") }
        if failures > 0 { throw ExitCode.failure }
    }

    /// Those of the chosen ones that the line is about; one turn without a name where it is about none.
    private func turns(of line: Line, _ chosen: [ConnectorKind]) -> [ConnectorKind?] {
        line.crms.map { crms in chosen.filter(crms.contains) } ?? [nil]
    }

    private func report(on line: Line, _ crm: ConnectorKind?, _ bench: BenchSettings) async throws -> LineReport {
        var bench = bench
        if let crm { bench.crm = crm }
        var runs: [[Figure]] = []
        for number in 1...(quick ? 1 : max(1, self.runs)) {
            let name = crm.map { " \($0.rawValue)" } ?? ""
            FileHandle.standardError.write(Data("line \(line.number)\(name), run \(number): \(line.title)\n".utf8))
            runs.append(try await line.run(bench))
        }
        return LineReport(line: line, crm: crm, runs: runs)
    }
}

struct BenchSettings: Sendable {
    let program: String
    let folder: String
    /// Of the line that is run; of lines that are about none, the first that was chosen.
    var crm: ConnectorKind
    let isQuick: Bool
    let webhookRate: Int
    let messageRate: Int
    let people: Int
    let keepsFolders: Bool

    /// The length of a measured load.
    var seconds: Int { isQuick ? 10 : 60 }

    /// So many come of what comes 5,000 times a minute.
    var steadyCount: Int { seconds * 5000 / 60 }
}
