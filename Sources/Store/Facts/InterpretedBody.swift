package import Domain

/// A raw body after decoding, or a part of it, ready to be recorded in one transaction.
package struct InterpretedBody: Sendable {
    package let intake: IntakeID
    package let receivedAt: Timestamp
    package let app: AppID
    package let updates: [Update]
    /// The positions of the updates to record now; those before are recorded already.
    package private(set) var positions: Range<Int>
    /// The contents of messages as they will be kept, made before the transaction; nil where they change in it.
    private let contents: [String?]

    /// - Parameter nextPosition: where interpretation goes on after a crash.
    package init(
        intake: IntakeID, receivedAt: Timestamp, app: AppID, updates: [Update], nextPosition: Int = 0
    ) {
        self.intake = intake
        self.receivedAt = receivedAt
        self.app = app
        self.updates = updates
        positions = min(nextPosition, updates.count)..<updates.count
        contents = updates.map(\.contentText)
    }

    /// Whether nothing of the body is left afterwards.
    package var isLastPart: Bool { positions.upperBound == updates.count }

    /// Whether nothing of the body was recorded before.
    var isWhole: Bool { positions == 0..<updates.count }

    /// The body in parts of so many updates at most, to be recorded in this order.
    package func parts(of limit: Int) -> [InterpretedBody] {
        guard positions.count > limit else { return [self] }
        return stride(from: positions.lowerBound, to: positions.upperBound, by: limit).map { start in
            only(start..<min(start + limit, positions.upperBound))
        }
    }

    /// The body as if it said only what stands at these positions.
    func only(_ positions: Range<Int>) -> InterpretedBody {
        var part = self
        part.positions = positions
        return part
    }

    /// The JSON text of the content of the message at that position.
    func contentText(at position: Int, of content: MessageContent) throws -> String {
        try contents[position] ?? JSONText.encode(content)
    }
}

extension Update {
    /// Media get an id of ours in the transaction.
    fileprivate var contentText: String? {
        guard case .message(let message) = fact, message.content.kind != .media else { return nil }
        // What cannot be encoded fails in the transaction, where it is told from its neighbours.
        return try? JSONText.encode(message.content)
    }
}

/// What recording caused: who is to be woken, which pages changed.
package struct RecordReport: Equatable, Sendable {
    /// Lanes that have new jobs.
    package var lanes: Set<Lane> = []
    /// Conversations whose page changed, by workspace.
    package var conversations: [WorkspaceID: Set<ConversationID>] = [:]
    package var workspaces: Set<WorkspaceID> = []
    /// Of which Meta said something that stands on the page "Connections".
    package var noticed: Set<WorkspaceID> = []
    package var storedMessages = 0

    package init() {}
}
