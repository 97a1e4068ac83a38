import CRM
import Domain
import Store

/// The jobs whose contact has no record in the CRM yet. Where the CRM must be searched first, which it allows a few
/// times a second, they have places of their own, so that they never hold up the messages of contacts that are linked.
struct CRMLinkQueue {
    /// Jobs in hand at most where contacts are searched for; the others are put back.
    private static let maxWaiting = 100
    /// Calls at once where contacts are searched for, and about what one of them takes.
    private static let maxSearching = 2
    private static let searchTime: Duration = .seconds(3)

    let slots: CallSlots<CRMCall.Report>
    private let call: CRMCall
    private let context: CourierContext
    private let isSearched: Bool
    private let batchSize: Int
    private var waiting: [ActivityJob] = []

    init(courier: CRMCourier, grip: LaneGrip) {
        let capabilities = courier.connector.capabilities
        let wakeBoard = courier.context.wakeBoard
        call = CRMCall(courier: courier, grip: grip)
        context = courier.context
        isSearched = capabilities.findsContacts
        // Small where people are searched for: nobody then waits for ninety others.
        batchSize = isSearched ? capabilities.maxLookups : capabilities.maxContactBatch
        slots = CallSlots(count: isSearched ? Self.maxSearching : courier.settings.maxConcurrentCalls) {
            wakeBoard.ring(.lane(grip.lane))
        }
    }

    /// - Returns: those for which there is no room, put back for about as long as the others take.
    mutating func take(_ jobs: [ActivityJob]) -> [ActivityOutcome] {
        let room = isSearched ? max(0, Self.maxWaiting - waiting.count) : jobs.count
        waiting += jobs.prefix(room)
        let now = context.store.now()
        let each = Self.searchTime / Double(Self.maxSearching * batchSize)
        return jobs.dropFirst(room).enumerated().map { position, job in
            let until = now + each * Double(Self.maxWaiting / 2 + position) * context.jitter()
            return ActivityOutcome(job: job, outcome: .snoozed(until: until)).keepingDoubt
        }
    }

    /// - Parameter size: jobs in one call at most.
    mutating func start(size: Int, pace: inout CRMPace) {
        let call = call
        while !waiting.isEmpty, slots.free > 0, pace.takeTurn() {
            let batch = Array(waiting.prefix(min(size, batchSize)))
            waiting.removeFirst(batch.count)
            slots.start { [await .timed { await call.carryOut(batch) }] }
        }
    }

    /// Nothing waits and nothing is under way.
    var isIdle: Bool { waiting.isEmpty && slots.isIdle }

    func takeFinished() -> [CRMCall.Report] { slots.takeFinished() }

    /// Those that were never begun.
    mutating func giveBack() -> [ActivityJob] {
        defer { waiting = [] }
        return waiting
    }
}
