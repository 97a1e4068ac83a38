package import Domain

/// What became of putting back.
package struct SyncPutBackReport: Equatable, Sendable {
    /// Refusals that are named one by one.
    package static let mostNamed = 100

    package struct Refused: Codable, Hashable, Sendable {
        package let change: SyncChangeID
        package let contact: ContactID
        package let remote: String
        package let refusal: SyncRefusal
    }

    /// Of whom anything was put back.
    package internal(set) var contacts: Set<ContactID> = []
    /// How many fields were put back.
    package internal(set) var fields = 0
    /// How many stayed as they are, by the reason.
    package internal(set) var refusals: [SyncRefusal: Int] = [:]
    /// The first of them.
    package internal(set) var refused: [Refused] = []

    package init() {}

    mutating func refuse(_ change: SyncChange, _ refusal: SyncRefusal) {
        refusals[refusal, default: 0] += 1
        guard refused.count < Self.mostNamed else { return }
        refused.append(Refused(change: change.id, contact: change.contact, remote: change.remote, refusal: refusal))
    }

    package mutating func add(_ other: SyncPutBackReport) {
        contacts.formUnion(other.contacts)
        fields += other.fields
        refusals.merge(other.refusals) { $0 + $1 }
        refused += other.refused.prefix(Self.mostNamed - refused.count)
    }
}

/// The same in figures, as it is kept.
package struct SyncPutBackCounts: Codable, Equatable, Sendable {
    package internal(set) var fields = 0
    package internal(set) var contacts = 0
    package internal(set) var refusals: [SyncRefusal: Int] = [:]
    /// The first of them.
    package internal(set) var refused: [SyncPutBackReport.Refused] = []

    package init() {}

    package init(_ report: SyncPutBackReport) {
        add(report, contacts: report.contacts.count)
    }

    /// - Parameter contacts: of the report those who were not counted before.
    mutating func add(_ report: SyncPutBackReport, contacts: Int) {
        fields += report.fields
        self.contacts += contacts
        refusals.merge(report.refusals) { $0 + $1 }
        refused += report.refused.prefix(max(0, SyncPutBackReport.mostNamed - refused.count))
    }
}
