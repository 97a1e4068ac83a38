import Foundation
import Testing

@testable import Sandbox

/// Clients that we did not write drive the sandbox: what they need, it must give.
@Suite struct ClientsTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(.timeLimit(.minutes(5)))
    func `the vendors' own Python clients drive the sandbox through every call we rely on`() async throws {
        let python = Self.root.appending(path: ".tests/venv/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "The vendors' Python clients are missing: run `make test`, which installs them into .tests/venv.")

        try await TestSandbox.run { api in
            let result = try await Self.pytest(python, sandbox: api.base)

            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.contains(" passed"), "\(result.output)")
        }
    }

    /// Runs the tests in a process of their own, which ends with the task.
    private static func pytest(_ python: URL, sandbox: String) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = python
        process.arguments = ["-m", "pytest", "-q", "--color=no"]
        process.currentDirectoryURL = root.appending(path: "Tests/Clients")
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PUENTE_SANDBOX_URL": sandbox, "PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        let log = FileManager.default.temporaryDirectory.appending(path: "clients-\(UUID().uuidString).log")
        FileManager.default.createFile(atPath: log.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: log) }  // a log left behind does no harm
        let handle = try FileHandle(forWritingTo: log)
        process.standardOutput = handle
        process.standardError = handle
        let exits = AsyncStream<Int32> { exit in
            process.terminationHandler = { exit.yield($0.terminationStatus) }
        }
        try process.run()
        let status = await withTaskCancellationHandler {
            await exits.first { _ in true } ?? -1
        } onCancel: {
            process.terminate()
        }
        return (status, String(decoding: try Data(contentsOf: log), as: UTF8.self))
    }
}
