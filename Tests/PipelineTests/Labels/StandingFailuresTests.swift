import Domain
import InMemoryLogging
import Logging
import Testing

@testable import Pipeline

@Suite struct StandingFailuresTests {
    private static let (here, there) = (WorkspaceID(rawValue: 1), WorkspaceID(rawValue: 2))
    private struct Broken: Error {}

    private let lines: InMemoryLogHandler
    private let failures: StandingFailures
    private var levels: [Logger.Level] { lines.entries.map(\.level) }

    init() {
        var lines = InMemoryLogHandler()
        lines.logLevel = .trace
        self.lines = lines
        failures = StandingFailures(logger: Logger(label: "test") { [lines] _ in lines })
    }

    @Test func `what fails again and again is an error once, in each workspace, until it works`() {
        for _ in 1...3 { failures.note(Broken(), "rules failed", in: Self.here) }
        failures.note(Broken(), "rules failed", in: Self.there)
        #expect(levels == [.error, .debug, .debug, .error])

        failures.clear("rules failed", in: Self.here)
        failures.clear("rules failed", in: Self.here)
        #expect(levels.dropFirst(4) == [.notice])

        failures.note(Broken(), "rules failed", in: Self.here)
        #expect(levels.last == .error)
    }

    @Test func `other work that fails has its own say`() {
        failures.note(Broken(), "the one", in: Self.here)
        failures.note(Broken(), "the other", in: Self.here)
        failures.note(Broken(), "the one")
        #expect(levels == [.error, .error, .error])
    }
}
