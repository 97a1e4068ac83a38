import Synchronization
import Testing

@testable import Pipeline

struct CallSlotsTests {
    @Test
    func `a slow call keeps its place and nobody else's`() async {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let rings = Mutex(0)
        let slots = CallSlots<Int>(count: 2) { rings.withLock { $0 += 1 } }

        slots.start {
            for await _ in gate {}
            return [1]
        }
        slots.start { [2, 3] }
        while rings.withLock({ $0 }) < 1 { await Task.yield() }

        #expect(slots.takeFinished() == [2, 3])
        #expect(slots.free == 1)
        #expect(!slots.isIdle)
        opener.finish()
        await slots.waitUntilIdle()
        #expect(slots.takeFinished() == [1])
        #expect(slots.takeFinished().isEmpty)
        #expect(slots.free == 2)
    }

    @Test
    func `a call goes on when the task that began it is cancelled`() async {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let slots = CallSlots<Bool>(count: 1) {}

        let lane = Task {
            slots.start {
                for await _ in gate {}
                return [Task.isCancelled]
            }
        }
        await lane.value
        lane.cancel()
        opener.finish()
        await slots.waitUntilIdle()

        #expect(slots.takeFinished() == [false])
    }
}
