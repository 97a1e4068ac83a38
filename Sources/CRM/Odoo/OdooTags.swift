import Domain

/// The tags of partners, which are records of their own.
struct OdooTags {
    private static let model = "res.partner.category"
    private static let perPage = 2000
    /// More are not read: then a name may be made twice.
    private static let maxKnown = 20_000

    let api: OdooAPI

    private struct Row: Decodable, Sendable {
        let id: Int64
        let name: String
    }

    func names() async throws(CallFailure) -> [Int64: String] {
        let rows: [Row] = try await rows([])
        return Dictionary(rows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// By names in lower case. Tags that are not there are made.
    func ids(of names: some Sequence<String>) async throws(CallFailure) -> [String: Int64] {
        let wanted = SyncSet(names)
        guard !wanted.words.isEmpty else { return [:] }
        var ids = Self.byName(try await rows([]))
        let missing = wanted.words.filter { ids[$0.lowercased()] == nil }
        guard !missing.isEmpty else { return ids }
        let _: OdooValue = try await api.call(
            .create(Self.model, missing.map { ["name": .text($0)] }, effect: .batch))
        ids.merge(Self.byName(try await rows([["name", "in", .texts(missing)]]))) { first, _ in first }
        return ids
    }

    /// The oldest of equal names counts.
    private static func byName(_ rows: [Row]) -> [String: Int64] {
        Dictionary(rows.map { ($0.name.lowercased(), $0.id) }, uniquingKeysWith: { first, _ in first })
    }

    private func rows(_ domain: [OdooValue]) async throws(CallFailure) -> [Row] {
        var rows: [Row] = []
        while rows.count < Self.maxKnown {
            let behind: [OdooValue] = rows.last.map { [["id", ">", .integer($0.id)]] } ?? []
            let page: [Row] = try await api.call(
                .searchRead(Self.model, domain + behind, fields: ["name"], limit: Self.perPage))
            rows += page
            if page.count < Self.perPage { break }
        }
        return rows
    }
}
