import Domain
import Synchronization

/// Which fields of each CRM can be written, asked for now and then.
final class WritableFieldBook: Sendable {
    private static let lasting: Duration = .minutes(5)
    /// After the CRM could not be asked.
    private static let pause: Duration = .seconds(30)
    /// A person waits for it.
    private static let patience: Duration = .seconds(5)

    private struct Entry {
        let fields: WritableFields
        let until: ContinuousClock.Instant
    }

    private let crms: CRMKnowledge
    private let entries = Mutex<[ConnectionID: Entry]>([:])

    init(_ crms: CRMKnowledge) {
        self.crms = crms
    }

    /// As the CRM says now, or said within the last minutes; while it cannot be asked, as it said last.
    func fields(of crm: ConnectionID) async -> WritableFields {
        let known = entries.withLock { $0[crm] }
        if let known, known.until > .now { return known.fields }
        let asked = await ask(crm)
        let entry = Entry(
            fields: asked ?? known?.fields ?? .unknown, until: .now + (asked == nil ? Self.pause : Self.lasting))
        entries.withLock { $0[crm] = entry }
        return entry.fields
    }

    /// Nil where no answer came in time.
    private func ask(_ crm: ConnectionID) async -> WritableFields? {
        let crms = crms
        return await withTaskGroup(of: WritableFields?.self) { group in
            // What the CRM would not say is not known: there is nothing else to do about it.
            group.addTask { try? await crms.writableFields(crm) }
            group.addTask {
                // Throws only to say that the answer came first.
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}
