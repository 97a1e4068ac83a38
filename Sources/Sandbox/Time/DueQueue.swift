import Domain

/// Things that become due, earliest first; equal times in the order they were added. A binary heap.
struct DueQueue<Element> {
    private struct Entry {
        let due: Timestamp
        let sequence: UInt64
        let element: Element

        func isBefore(_ other: Entry) -> Bool {
            due == other.due ? sequence < other.sequence : due < other.due
        }
    }

    private var heap: [Entry] = []
    private var sequence: UInt64 = 0

    var count: Int { heap.count }
    var nextDue: Timestamp? { heap.first?.due }

    mutating func insert(_ element: Element, due: Timestamp) {
        heap.append(Entry(due: due, sequence: sequence, element: element))
        sequence &+= 1
        siftUp(heap.count - 1)
    }

    /// Takes the earliest element that is due at `now`.
    mutating func popDue(at now: Timestamp) -> Element? {
        guard let first = heap.first, first.due <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown(0)
        return first.element
    }

    mutating func removeAll() { heap.removeAll() }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            let left = parent * 2 + 1
            guard left < heap.count else { return }
            let right = left + 1
            let child = right < heap.count && heap[right].isBefore(heap[left]) ? right : left
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
