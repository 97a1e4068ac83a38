import CRM
import Domain
import Pipeline
import Store

/// The connections that the database has: what each maps, and those that were made in the console.
struct KeptConnections {
    /// By name; nil of a connection that maps nothing.
    private let mappings: [String: MappingCheck?]
    /// Those that no configuration names, their secrets opened.
    private let made: [String: ConnectionAccount]
    /// Why nothing is known; nil where it is.
    let trouble: LocalizedText?

    /// Where nothing of them is asked.
    static let unread = KeptConnections()

    private init() {
        (mappings, made, trouble) = ([:], [:], nil)
    }

    /// Where there is no database yet, or it cannot be read, nothing is known.
    init(_ configuration: Configuration) async {
        var (mappings, made): ([String: MappingCheck?], [String: ConnectionAccount]) = ([:], [:])
        do {
            (mappings, made) = try await CommandStore.read(configuration) { open, workspace in
                try await Self.read(open.store, in: workspace)
            }
            trouble = nil
        } catch {
            trouble = CommandEnding(error)?.complaint ?? .same("\(error)")
        }
        (self.mappings, self.made) = (mappings, made.filter { configuration.crm[$0.key] == nil })
    }

    private static func read(
        _ store: Store, in workspace: WorkspaceID
    ) async throws -> ([String: MappingCheck?], [String: ConnectionAccount]) {
        let provisioned = Set(try await store.connections(in: workspace).filter(\.isProvisioned).map(\.id))
        var (mappings, made): ([String: MappingCheck?], [String: ConnectionAccount]) = ([:], [:])
        for account in try await store.connectionAccounts() where account.workspace == workspace {
            let check = try await MappingCheck.kept(of: account.id, store, in: workspace)
            mappings.updateValue(check, forKey: account.slug)
            if !provisioned.contains(account.id) { made[account.slug] = account }
        }
        return (mappings, made)
    }

    /// Those that were made in the console; one that is switched off may be asked all the same.
    var names: [String] { Array(made.keys) }

    /// Of those the ones that are at work.
    var workingNames: [String] { made.filter { $0.value.state == "connected" }.map(\.key) }

    func account(named name: String) -> ConnectionAccount? { made[name] }

    func mapping(of name: String, kind: ConnectorKind) -> MappingCheck? {
        guard let known = mappings[name] else { return MappingCheck.standard(for: kind) }
        return known
    }
}
