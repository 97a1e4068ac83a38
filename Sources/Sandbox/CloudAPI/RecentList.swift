/// A list that keeps its newest elements: each gets a number that never changes, and the oldest goes when a new one
/// finds the list full.
struct RecentList<Element> {
    let capacity: Int
    private var elements: [Element?] = []
    private var head = 0
    /// The number of the element at `head`.
    private var firstNumber = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// The numbers in use, oldest first.
    var numbers: Range<Int> { firstNumber..<(firstNumber + elements.count - head) }
    var count: Int { elements.count - head }

    /// The new element's number, and the one that had to go for it.
    @discardableResult
    mutating func append(_ element: Element) -> (number: Int, evicted: Element?) {
        let evicted = count >= capacity ? removeFirst() : nil
        elements.append(element)
        return (firstNumber + count - 1, evicted)
    }

    subscript(number: Int) -> Element? {
        get { numbers.contains(number) ? elements[head + number - firstNumber] : nil }
        set {
            guard numbers.contains(number), let newValue else { return }
            elements[head + number - firstNumber] = newValue
        }
    }

    /// Changes one element in place; nil when it is gone.
    mutating func update<Result>(_ number: Int, _ change: (inout Element) -> Result) -> Result? {
        guard numbers.contains(number) else { return nil }
        let index = head + number - firstNumber
        guard var element = elements[index] else { return nil }
        elements[index] = nil  // so that the change happens in place, without a copy of what the element holds
        defer { elements[index] = element }
        return change(&element)
    }

    private mutating func removeFirst() -> Element? {
        guard count > 0 else { return nil }
        let first = elements[head]
        elements[head] = nil
        head += 1
        firstNumber += 1
        if head > 1024, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return first
    }
}

extension RecentList: Sendable where Element: Sendable {}
