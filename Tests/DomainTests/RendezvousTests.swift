import Domain
import Testing

@Suite struct RendezvousTests {
    private let lanes = (0..<2_000).map { Lane.number(NumberID(rawValue: Int64($0) * 7_919)).description }

    private func owners(_ nodes: [Int]) -> [Int?] {
        lanes.map { Rendezvous.node(for: $0, among: nodes) }
    }

    @Test func `nobody is chosen among none`() {
        #expect(Rendezvous.node(for: "clock", among: []) == nil)
    }

    @Test func `the order in which nodes are named changes nothing`() {
        #expect(owners([1, 2, 3, 900]) == owners([900, 3, 1, 2]))
    }

    @Test func `a node that goes moves only its own share`() {
        let (before, after) = (owners([1, 2, 3, 4]), owners([1, 2, 4]))
        for (former, current) in zip(before, after) where former != 3 {
            #expect(former == current)
        }
        #expect(!after.contains(3))
    }

    @Test func `a node that comes takes about its share and moves nothing between the others`() {
        let (before, after) = (owners([1, 2, 3]), owners([1, 2, 3, 4]))
        for (former, current) in zip(before, after) where former != current {
            #expect(current == 4)
        }
        let taken = after.filter { $0 == 4 }.count
        #expect((350...650).contains(taken))
    }

    @Test func `lanes are spread evenly`() {
        let counts = Dictionary(grouping: owners([1, 2, 3, 4]).compactMap(\.self)) { $0 }.mapValues(\.count)
        #expect(counts.count == 4)
        #expect(counts.values.allSatisfy { (380...620).contains($0) })
    }

    @Test(arguments: [
        Lane.number(NumberID(rawValue: 5)), .media(NumberID(rawValue: 6)), .connection(ConnectionID(rawValue: 7)),
        .subscriber(WebhookEndpointID(rawValue: 8)), .clock,
    ])
    func `a lane's name gives the lane back`(lane: Lane) {
        #expect(Lane(lane.description) == lane)
    }

    @Test(arguments: ["", "number", "number:", "number:x", "clock:1", "crm:0", "hook", "hook:", "hook:x", ":"])
    func `a name of no lane is none`(name: String) {
        #expect(Lane(name) == nil)
    }
}
