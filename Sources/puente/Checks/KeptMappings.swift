import CRM
import Domain
import Pipeline
import Store

/// What the connections of a configuration map, as the database has it.
struct KeptMappings {
    /// By name; nil of a connection that maps nothing.
    private let checks: [String: MappingCheck?]

    /// Where there is no database yet, or it cannot be read, nothing is known: other lines of the check say why.
    init(_ configuration: Configuration) async {
        do {
            checks = try await CommandStore.read(configuration) { open, workspace in
                var checks: [String: MappingCheck?] = [:]
                for account in try await open.store.connectionAccounts() where account.workspace == workspace {
                    let check = try await MappingCheck.kept(of: account.id, open.store, in: workspace)
                    checks.updateValue(check, forKey: account.slug)
                }
                return checks
            }
        } catch {
            checks = [:]  // then the standard is held against the account
        }
    }

    func check(of name: String, kind: ConnectorKind) -> MappingCheck? {
        guard let known = checks[name] else { return MappingCheck.standard(for: kind) }
        return known
    }
}
