import Synchronization

/// Fields that a connection's mapping names and its CRM did not have when it was last asked: their rows are left alone. In
/// memory, on the node that holds the lane: it asks as soon as it has it.
final class MissingFields: Sendable {
    private let kept = Mutex<Set<String>>([])

    /// By the CRM's names.
    var names: Set<String> {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }
}
