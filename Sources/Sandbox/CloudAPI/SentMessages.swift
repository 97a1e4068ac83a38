import Domain

/// What the business sent, newest kept, found by message id; and how often each callback data was accepted, which
/// proves or refutes "never twice".
struct SentMessages: Sendable {
    private(set) var list: RecentList<SentMessage>
    private var numbersByID: [String: Int] = [:]
    private(set) var countsByCallbackData: [String: Int] = [:]
    private(set) var accepted = 0
    /// Callback data accepted more than once.
    private(set) var repeatedCallbackData = 0

    init(capacity: Int) {
        list = RecentList(capacity: capacity)
    }

    mutating func append(_ message: SentMessage) {
        accepted += 1
        let (number, evicted) = list.append(message)
        numbersByID[message.id] = number
        if let data = message.callbackData {
            let count = countsByCallbackData[data, default: 0] + 1
            countsByCallbackData[data] = count
            if count == 2 { repeatedCallbackData += 1 }
        }
        if let evicted { forget(evicted) }
    }

    subscript(id: String) -> SentMessage? { numbersByID[id].flatMap { list[$0] } }

    /// The message after the change; nil when it is not known.
    mutating func update(_ id: String, _ change: (inout SentMessage) -> Void) -> SentMessage? {
        guard let number = numbersByID[id] else { return nil }
        return list.update(number) { message in
            change(&message)
            return message
        }
    }

    private mutating func forget(_ message: SentMessage) {
        numbersByID[message.id] = nil
        guard let data = message.callbackData, let count = countsByCallbackData[data] else { return }
        countsByCallbackData[data] = count > 1 ? count - 1 : nil
    }
}
