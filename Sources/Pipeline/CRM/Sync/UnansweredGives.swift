import Domain
import Store
import Synchronization

/// What was written to records and had no answer: it may stand there all the same. When the record is read again it is known,
/// and the log gets what was replaced. In memory: what a crash cuts off here is found alike, and missing in the log.
final class UnansweredGives: Sendable {
    private static let most = 10_000

    private let waiting = Mutex<[ContactID: [String: SyncGive]]>([:])

    func note(_ gives: [String: SyncGive], of contact: ContactID) {
        waiting.withLock { waiting in
            guard waiting.count < Self.most || waiting[contact] != nil else { return }
            // What it said before the first of them was replaced.
            waiting[contact, default: [:]].merge(gives) { first, later in
                first.value == later.value ? first : later
            }
        }
    }

    /// - Parameters:
    ///   - said: what the record says now.
    ///   - open: what is still to be written to it.
    /// - Returns: those that stand there. The others are forgotten: they did not arrive, or somebody wrote over them.
    func arrived(of contact: ContactID, said: [String: String], open: Set<String>) -> [String: SyncGive] {
        let gives = waiting.withLock { $0.removeValue(forKey: contact) } ?? [:]
        return gives.filter { remote, give in
            !open.contains(remote) && said[remote] == give.value && give.value != give.before
        }
    }
}
