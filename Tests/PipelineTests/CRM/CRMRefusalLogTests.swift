import Domain
import InMemoryLogging
import Logging
import Testing

@testable import Pipeline
@testable import Store

@Suite struct CRMRefusalLogTests {
    private let lines: InMemoryLogHandler
    private let log: CRMRefusalLog

    init() {
        var lines = InMemoryLogHandler()
        lines.logLevel = .trace
        self.lines = lines
        log = CRMRefusalLog(logger: Logger(label: "test") { [lines] _ in lines })
    }

    private func refusal(_ detail: String) -> PuenteError {
        PuenteError(.unauthorized, detail: detail, en: "No.", es: "No.")
    }

    private func account(_ id: Int64) -> ConnectionAccount {
        ConnectionAccount(
            id: ConnectionID(rawValue: id), workspace: WorkspaceID(rawValue: 1), slug: "crm\(id)", kind: "odoo",
            baseURL: "", settings: "", secrets: "", state: "connected", cursor: nil,
            isProvisioned: true)
    }

    @Test func `a reason has one line a minute, with how many went unsaid`() {
        let start = ContinuousClock.now

        for second in 0..<30 { log.note(refusal("wrong_secret"), of: account(1), now: start + .seconds(second)) }
        log.note(refusal("no_webhook_secret"), of: account(1), now: start)
        log.note(refusal("wrong_secret"), of: account(2), now: start)
        log.note(refusal("wrong_secret"), of: account(1), now: start + .seconds(61))

        #expect(lines.entries.count == 4)
        #expect(lines.entries.last?.metadata["unsaid"] == "29")
    }
}
