import Domain
import Testing

@testable import Pipeline

/// A patience of an hour stands for "for ever": a wake-up that is lost makes the test hang, not pass.
@Suite(.timeLimit(.minutes(1))) struct WakeBoardTests {
    private let board = WakeBoard()

    @Test func `a bell that rang before anybody waited is heard`() async {
        board.ring(.intake)
        await board.wait(for: .intake, atMost: .seconds(3600))
    }

    @Test func `one ring wakes everybody who waits`() async {
        let woken = Tally()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await board.wait(for: .intake, atMost: .seconds(3600))
                    woken.add()
                }
            }
            while woken.count < 20 {
                board.ring(.intake)
                await Task.yield()
            }
        }
        #expect(woken.count == 20)
    }

    @Test func `no ring is lost between two that hand work to each other`() async {
        let one = WakeBoard.Bell.lane(.clock)
        let two = WakeBoard.Bell.lane(.number(NumberID(rawValue: 1)))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<2_000 {
                    await board.wait(for: one, atMost: .seconds(3600))
                    board.ring(two)
                }
            }
            group.addTask {
                for _ in 0..<2_000 {
                    board.ring(one)
                    await board.wait(for: two, atMost: .seconds(3600))
                }
            }
        }
    }

    @Test func `patience ends a wait without a ring`() async {
        await board.wait(for: .intake, atMost: .milliseconds(1))
    }

    @Test func `cancellation ends a wait, before it begins and while it lasts`() async {
        for _ in 0..<200 {
            let task = Task { await board.wait(for: .intake, atMost: .seconds(3600)) }
            task.cancel()
            await task.value
        }
        // A wait that was cancelled has left nothing behind that would swallow the next ring.
        board.ring(.intake)
        await board.wait(for: .intake, atMost: .seconds(3600))
    }

    @Test func `another bell wakes nobody`() async {
        let woken = Tally()
        board.ring(.lane(.clock))
        let waiting = Task {
            await board.wait(for: .intake, atMost: .seconds(3600))
            woken.add()
        }
        for _ in 0..<2_000 {
            board.ring(.lane(.clock))
            await Task.yield()
        }
        #expect(woken.count == 0)

        board.ring(.intake)
        await waiting.value
        #expect(woken.count == 1)
        await board.wait(for: .lane(.clock), atMost: .seconds(3600))
    }
}
