import Domain
import OutboundHTTP
import Testing

@testable import Pipeline

@Suite struct CircuitTests {
    private let start = ContinuousClock.now
    private let job = JobID(rawValue: 1)

    private func circuit() -> Circuit { Circuit(url: "http://127.0.0.1:1", lane: .clock) }

    private func failure(_ kind: CallFailure.Kind, _ scope: PauseScope = .connection) -> CallFailure {
        CallFailure(kind: kind, code: "test", scope: scope, vendorText: "", advice: LocalizedText(en: "-", es: "-"))
    }

    @Test func `one call that failed as a whole is no sign, two in a row are`() {
        var circuit = circuit()
        circuit.note([failure(.transient)], now: start)
        #expect(circuit.state == .closed)
        let sparesBefore = circuit.spares(job, now: start)
        #expect(!sparesBefore)
        circuit.note([nil, failure(.transient)], now: start)
        #expect(circuit.state == .closed)
        circuit.note([failure(.unknown)], now: start)
        #expect(circuit.state == .open)
        let sparesAfter = circuit.spares(job, now: start)
        #expect(sparesAfter)
        #expect(circuit.allowance(100) == 0)
    }

    @Test func `failures of single items, and answers that only ask to wait, are none`() {
        var circuit = circuit()
        let items = [failure(.transient, .message), failure(.transient, .pair), failure(.throttled(retryAfter: .zero))]
        for failure in items + items {
            circuit.note([failure], now: start)
        }
        #expect(circuit.state == .closed)
    }

    @Test func `where no connection can be made it opens at once`() {
        var circuit = circuit()
        circuit.note([failure(.unreachable), nil], now: start)
        #expect(circuit.state == .open)
    }

    @Test func `what was never tried says nothing`() {
        var circuit = circuit()
        circuit.note([failure(.unreachable)], now: start)
        circuit.note([], now: start)
        #expect(circuit.state == .open)
    }

    @Test func `where the guard lets nobody connect any more, the trial's call says so`() async {
        let answers: [(TransportFailure?, Circuit.State)] = [
            (.addressRefused(.privateNetwork), .trial), (.unreachable("refused"), .open), (nil, .trial),
        ]
        for (answer, state) in answers {
            var circuit = Circuit(url: "http://127.0.0.1:1", lane: .clock, connect: { answer })
            circuit.note([failure(.unreachable)], now: start)
            await circuit.probe(now: start)
            #expect(circuit.state == state)
        }
    }

    @Test func `one success closes it, and the count begins anew`() {
        var circuit = circuit()
        circuit.note([failure(.transient), failure(.transient)], now: start)
        circuit.note([nil], now: start)
        #expect(circuit.state == .closed)
        circuit.note([failure(.transient)], now: start)
        #expect(circuit.state == .closed)
    }

    @Test func `what fails alone for an hour is at fault itself`() {
        var circuit = circuit()
        circuit.note([failure(.transient), failure(.transient)], now: start)
        let other = JobID(rawValue: 2)
        let spares = [(job, 59), (other, 61), (job, 61), (job, 61)].map { job, minutes in
            circuit.spares(job, now: start + .minutes(minutes))
        }
        #expect(spares == [true, true, true, false])
    }

    @Test func `being away is news after a minute, and none once a trial has waited as long for its job`() async {
        var circuit = Circuit(url: "http://127.0.0.1:1", lane: .clock, connect: { nil })
        circuit.note([failure(.unreachable)], now: start)
        #expect(circuit.awaySince(start + .seconds(59)) == nil)
        circuit.note([failure(.unreachable)], now: start + .seconds(59))
        #expect(circuit.awaySince(start + .seconds(61)) == start)

        await circuit.probe(now: start + .seconds(62))
        #expect(circuit.state == .trial)
        #expect(circuit.awaySince(start + .seconds(63)) == start)
        #expect(circuit.awaySince(start + .minutes(2)) == nil)

        circuit.note([failure(.transient)], now: start + .minutes(2))
        #expect(circuit.awaySince(start + .minutes(2)) == start)
        circuit.note([nil], now: start + .minutes(2))
        #expect(circuit.awaySince(start + .minutes(9)) == nil)
    }

    @Test func `fewer jobs go in a call after one that failed, more after one that did not`() {
        var size = CallSize(max: 100)
        size.note([failure(.transient)], of: 40)
        #expect(size.now == 20)
        size.note([nil, failure(.unknown)], of: 3)
        #expect(size.now == 1)
        size.note([failure(.transient)], of: 1)
        #expect(size.now == 1)
        size.note([], of: 1)
        #expect(size.now == 1)
        for _ in 1...9 { size.note([nil], of: 1) }
        #expect(size.now == 100)
    }
}
