package import Domain
import Metrics
package import Store

/// Takes webhooks in: verifies, appends, answers. Parses nothing.
package struct WebhookIntake: Sendable {
    package enum Answer: Equatable, Sendable {
        case stored
        case wrongSignature
        case comeBack(IntakeRefusal)
    }

    package let gate: WebhookGate
    package let log: IntakeLog
    package let limits: IntakeLimits
    private let store: Store

    package init(gate: WebhookGate, log: IntakeLog, limits: IntakeLimits, store: Store) {
        self.gate = gate
        self.log = log
        self.limits = limits
        self.store = store
    }

    /// - Parameters:
    ///   - signature: the header `X-Hub-Signature-256`.
    ///   - app: from the path; nil on the bare path.
    package func receive(_ body: [UInt8], signature: String?, app: String?) async -> Answer {
        await withCheckedContinuation { continuation in
            receive(body, signature: signature, app: app) { continuation.resume(returning: $0) }
        }
    }

    /// The same for who has no task to wait with.
    /// - Parameter completion: called once, on any thread.
    package func receive(
        _ body: [UInt8], signature: String?, app: String?, completion: @escaping @Sendable (Answer) -> Void
    ) {
        guard let signer = gate.signer(of: body, header: signature, app: app) else {
            refused("signature")
            return completion(.wrongSignature)
        }
        let entry = IntakeBody(
            id: store.ids.next(), app: signer, receivedAt: store.now(),
            isBulk: BulkScan.isBulk(body, above: limits.bulkBytes), body: body)
        log.append(entry) { refusal in
            if let refusal {
                refused(refusal.label)
                completion(.comeBack(refusal))
            } else {
                Counter(label: "puente_webhooks_received").increment()
                completion(.stored)
            }
        }
    }

    /// Counts a webhook that was not taken.
    /// - Parameter reason: one of a few words of ours.
    package func refused(_ reason: String) {
        Counter(label: "puente_webhooks_refused", dimensions: [("reason", reason)]).increment()
    }
}

/// Tells bulk from live traffic by looking at bytes, since intake parses nothing.
enum BulkScan {
    private static let marks = ["\"field\":\"history\"", "\"field\": \"history\""].map { Array($0.utf8) }

    static func isBulk(_ body: [UInt8], above limit: Int) -> Bool {
        body.count > limit || marks.contains { contains($0, in: body) }
    }

    private static func contains(_ mark: [UInt8], in body: [UInt8]) -> Bool {
        guard let first = mark.first, body.count >= mark.count else { return false }
        return body.withUnsafeBufferPointer { bytes in
            var index = 0
            let last = bytes.count - mark.count
            while index <= last {
                if bytes[index] == first, bytes[index + 8] == mark[8],
                    bytes[index..<index + mark.count].elementsEqual(mark)
                {
                    return true
                }
                index += 1
            }
            return false
        }
    }
}
