import Domain
import Testing

@testable import CRM
@testable import Pipeline

@Suite struct CRMPaceTests {
    private let start = ContinuousClock.now

    private func pace(cpu: Double? = nil) -> CRMPace { CRMPace(cpu: { cpu }, now: start) }

    @Test func `some calls go at once, the others at the rate`() {
        var pace = pace()
        let atOnce = (0..<50).filter { _ in pace.takeTurn(now: start) }.count
        #expect(atOnce == 10)
        #expect(pace.wait(now: start) == .milliseconds(20))

        let later = (0..<50).filter { _ in pace.takeTurn(now: start + .milliseconds(100)) }.count
        #expect(later == 5)
        #expect(pace.wait(now: start + .milliseconds(130)) == .zero)
    }

    @Test func `refusals of one second halve the rate once`() {
        var pace = pace()
        let throttled = CallFailure(
            kind: .throttled(retryAfter: .seconds(1)), code: "429", scope: .connection, vendorText: "",
            advice: .init(en: "Later.", es: "Luego."))

        for _ in 0..<9 { pace.note([throttled], took: [], now: start + .milliseconds(500)) }
        #expect(pace.rate == 50)
        pace.note([nil], took: [], now: start + .seconds(1))
        #expect(pace.rate == 25)
        pace.note([nil], took: [], now: start + .seconds(2))
        #expect(pace.rate == 25)
    }

    @Test func `a busy machine lowers it`() {
        var pace = pace(cpu: 0.9)
        pace.note([nil], took: [], now: start + .seconds(1))
        #expect(pace.rate == 37.5)
    }
}
