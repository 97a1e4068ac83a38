import Domain

/// A contact field as its CRM describes it: what mappings need of it, and what reading and writing its values needs.
struct DescribedField: Equatable, Sendable {
    var field: RemoteField
    /// The vendor's own word for its kind: `datetime`, `multipicklist`, `many2one`.
    var kind: String
    /// Its texts have markup: they are read and written as plain text.
    var isHTML = false
    /// Values of it can be read and written as text. Others are there, and nothing is mapped to them.
    var isMappable = true

    var name: String { field.name }
}

/// The contact fields of an account as they were described last.
struct FieldBook: Equatable, Sendable {
    /// By which an administrator's changes are seen at last, whatever nobody tells.
    private static let longestKept: Duration = .minutes(10)
    /// A name that is not there is asked for again, though not with every call.
    private static let shortestKept: Duration = .seconds(30)
    /// An answer that lacks a field was asked for by what was read just now.
    private static let trusted: Duration = .seconds(5)

    let names: Set<String>
    private let fields: [String: DescribedField]
    private let readAt: ContinuousClock.Instant

    init(_ fields: [DescribedField], readAt: ContinuousClock.Instant = .now) {
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.names = Set(self.fields.keys)
        self.readAt = readAt
    }

    subscript(name: String) -> DescribedField? { fields[name] }

    /// Those that can be mapped, as people look for them.
    var offered: [RemoteField] {
        fields.values.filter(\.isMappable).map(\.field).sorted { ($0.label, $0.name) < ($1.label, $1.name) }
    }

    /// As ``Connector/held(_:by:)``.
    func held(_ text: String, by name: String) -> String { fields[name]?.field.held(text) ?? text }

    /// Of these names those that can be read, each once, in their order.
    func readable(_ wanted: [String]) -> [String] {
        var seen: Set<String> = []
        return wanted.filter { fields[$0]?.isMappable == true && seen.insert($0).inserted }
    }

    /// Whether it is worth being read again when the CRM's answers say otherwise.
    func mayBeOld(now: ContinuousClock.Instant = .now) -> Bool { now - readAt > Self.trusted }

    /// Whether it has to be read again before values of these fields are read or written.
    func isStale(for wanted: some Sequence<String>, now: ContinuousClock.Instant = .now) -> Bool {
        let age = now - readAt
        if age > Self.longestKept { return true }
        return age > Self.shortestKept && wanted.contains { fields[$0] == nil }
    }
}
