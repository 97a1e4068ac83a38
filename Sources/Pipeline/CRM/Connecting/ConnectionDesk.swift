package import CRM
package import Domain
import FoundationEssentials
package import Store

/// What people and programs do with CRM connections of their own making: tried live, kept, changed, switched, removed. Each
/// works without a restart.
package struct ConnectionDesk: Sendable {
    /// Names in the addresses of pages.
    private static let reserved: Set<String> = ["new", "alarms", "releases", "tests"]

    /// Asks the CRM of an account that may not be kept yet. Of one that is changed the id is its own, else it is 0. What is
    /// wrong is mended in the form, or else, as the second says, where credentials are changed.
    package typealias Trial = @Sendable (ConnectionAccount, _ isTyped: Bool) async throws -> [ConnectionTrialStep]

    /// Gets the refresh token for a code.
    package typealias Exchange = @Sendable (CodeExchange) async throws(CallFailure) -> String

    private let store: Store
    private let trial: Trial
    private let check: @Sendable (ConnectionAccount) throws -> Void
    private let exchange: Exchange
    private let problem: @Sendable (String) async -> LocalizedText?
    private let random: @Sendable (Int) -> [UInt8]
    private let reload: @Sendable () async -> Void

    /// - Parameter connector: of an account that may not be kept yet.
    package init(
        store: Store, connector: @escaping @Sendable (ConnectionAccount, _ isTyped: Bool) throws -> any Connector,
        exchange: @escaping Exchange, problem: @escaping @Sendable (String) async -> LocalizedText?,
        random: @escaping @Sendable (Int) -> [UInt8], reload: @escaping @Sendable () async -> Void
    ) {
        self.init(
            store: store,
            trial: { account, isTyped in
                let mapping = try await Self.mapping(of: account, store)
                let steps = try await connector(account, isTyped).fullCheck(mapping, writesAt: nil)
                return steps.map(ConnectionTrialStep.init)
            }, check: { _ = try connector($0, true) }, exchange: exchange, problem: problem, random: random,
            reload: reload)
    }

    /// - Parameters:
    ///   - check: whether the settings can be used at all.
    ///   - problem: why an address may not be called; nil where it may.
    ///   - random: that many bytes which nobody can guess.
    ///   - reload: has this node read its accounts anew; the others notice by themselves.
    package init(
        store: Store, trial: @escaping Trial, check: @escaping @Sendable (ConnectionAccount) throws -> Void = { _ in },
        exchange: @escaping Exchange, problem: @escaping @Sendable (String) async -> LocalizedText?,
        random: @escaping @Sendable (Int) -> [UInt8], reload: @escaping @Sendable () async -> Void
    ) {
        self.store = store
        self.trial = trial
        self.check = check
        self.exchange = exchange
        self.problem = problem
        self.random = random
        self.reload = reload
    }

    // MARK: Before anything is typed

    /// Secrets that this side makes up, for the vendor's side to be told.
    package func suggestions(for kind: ConnectorKind) -> [ConnectionField: String] {
        switch kind {
        case .odoo: [.webhookSecret: word()]
        case .own: [.secret: "whsec_" + Data(random(32)).base64EncodedString()]
        case .hubspot, .salesforce, .zoho: [:]
        }
    }

    /// `odoo`, or `odoo_2` where there is one.
    package func freeName(for kind: ConnectorKind, in workspace: WorkspaceID) async throws -> String {
        let taken = Set(try await store.connections(in: workspace).map(\.name))
        let names = [kind.rawValue] + (2...99).map { "\(kind.rawValue)_\($0)" }
        return names.first { !taken.contains($0) } ?? kind.rawValue
    }

    /// What may be shown of a connection that is to be changed.
    /// - Throws: `notFound`; `conflict` with the detail `provisioned`.
    package func shown(
        _ id: ConnectionID, in workspace: WorkspaceID
    ) async throws -> (draft: ConnectionDraft, kept: Set<ConnectionField>) {
        let (kind, values) = try await kept(id, in: workspace)
        let draft = ConnectionDraft(kind, values.filter { !$0.key.isSecret })
        return (draft, Set(values.keys.filter(\.isSecret)))
    }

    // MARK: Commands

    /// The draft with a refresh token in the place of the code that somebody pasted, where there is one. It is exchanged now:
    /// afterwards the code is used up, so what comes back takes the place of what was typed.
    /// - Throws: ``ConnectionProblems``, and what ``shown(_:in:)`` throws.
    package func exchanged(
        _ draft: ConnectionDraft, changing id: ConnectionID? = nil, in workspace: WorkspaceID
    ) async throws -> ConnectionDraft {
        guard draft[.code] != nil else { return draft }
        var reader = ConnectionReader(draft, kept: try await keptValues(draft, changing: id, in: workspace))
        let request = try reader.exchange()
        try await requireCallable(draft)
        do throws(CallFailure) {
            return draft.exchanged(for: try await exchange(request))
        } catch {
            throw ConnectionProblems([.code: .notExchanged(error)])
        }
    }

    /// The steps of `puente check crm`, with what was typed. Nothing is kept.
    /// - Parameters:
    ///   - id: of the connection that is changed; nil of a new one.
    ///   - isSaving: it is saved whatever comes of it: what is wrong is mended under Credentials.
    /// - Throws: ``ConnectionProblems``, and what ``shown(_:in:)`` throws.
    package func test(
        _ draft: ConnectionDraft, changing id: ConnectionID? = nil, isSaving: Bool = false, in workspace: WorkspaceID
    ) async throws -> [ConnectionTrialStep] {
        let provision = try await read(draft, changing: id, in: workspace)
        let account = ConnectionAccount(provision, id: id ?? Self.notKept, in: workspace)
        try requireUsable(account)
        return try await trial(account, !isSaving)
    }

    /// - Throws: ``ConnectionProblems``; `invalid` or `conflict` with the detail `name`.
    package func create(
        _ draft: ConnectionDraft, named name: String, in workspace: WorkspaceID, by actor: String
    ) async throws -> ConnectionID {
        let provision = try await read(draft, changing: nil, in: workspace)
        guard Self.isName(name) else { throw PuenteError.noConnectionName }
        try requireUsable(ConnectionAccount(provision, id: Self.notKept, in: workspace))
        let id = try await store.createConnection(provision, named: name, in: workspace, by: actor)
        await reload()
        return id
    }

    /// - Parameter expected: what the connection must say; nil: whatever it says.
    /// - Throws: ``ConnectionProblems``; what ``shown(_:in:)`` throws; `changedMeanwhile`.
    package func change(
        _ id: ConnectionID, _ draft: ConnectionDraft, expecting expected: Set<EditVersion>?,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        let provision = try await read(draft, changing: id, in: workspace)
        try requireUsable(ConnectionAccount(provision, id: id, in: workspace))
        try await store.changeConnection(id, provision, expecting: expected, in: workspace, by: actor)
        await reload()
    }

    /// - Throws: `notFound`; `conflict` with the detail `provisioned`.
    package func turn(_ id: ConnectionID, on isOn: Bool, in workspace: WorkspaceID, by actor: String) async throws {
        try await store.switchConnection(id, on: isOn, in: workspace, by: actor)
        await reload()
    }

    /// - Throws: `notFound`; `conflict` with the detail `provisioned`, or `still_on`.
    package func remove(_ id: ConnectionID, in workspace: WorkspaceID, by actor: String) async throws {
        try await store.removeConnection(id, in: workspace, by: actor)
        await reload()
    }

    // MARK: Parts

    private func read(
        _ draft: ConnectionDraft, changing id: ConnectionID?, in workspace: WorkspaceID
    ) async throws -> Provision.Connection {
        let kept = try await keptValues(draft, changing: id, in: workspace)
        var reader = ConnectionReader(draft, kept: kept, made: draft.kind == .zoho ? [.webhookSecret: word()] : [:])
        let provision = try reader.read()
        try await requireCallable(draft)
        return provision
    }

    /// Of a new one nothing is.
    private func keptValues(
        _ draft: ConnectionDraft, changing id: ConnectionID?, in workspace: WorkspaceID
    ) async throws -> [ConnectionField: String] {
        guard let id else { return [:] }
        let (kind, values) = try await self.kept(id, in: workspace)
        guard kind == draft.kind else { throw PuenteError.noConnection }
        return values
    }

    /// A name that has no address now may have one later: the call is guarded as well.
    private func requireCallable(_ draft: ConnectionDraft) async throws {
        for field in [ConnectionField.baseURL, .accountsURL] {
            guard let url = draft[field], let problem = await problem(url) else { continue }
            throw ConnectionProblems([field: problem])
        }
    }

    private func kept(
        _ id: ConnectionID, in workspace: WorkspaceID
    ) async throws -> (ConnectorKind, [ConnectionField: String]) {
        guard let summary = try await store.connections(in: workspace).first(where: { $0.id == id }),
            let account = try await store.connectionAccounts().first(where: { $0.id == id }),
            let kind = ConnectorKind(rawValue: account.kind)
        else { throw PuenteError.noConnection }
        guard !summary.isProvisioned else { throw PuenteError.provisionedConnection }
        return (kind, try StoredCRM.values(of: account))
    }

    private static let notKept = ConnectionID(rawValue: 0)

    private static func mapping(of account: ConnectionAccount, _ store: Store) async throws -> MappingCheck? {
        guard account.id == notKept else {
            return try await MappingCheck.kept(of: account.id, store, in: account.workspace)
        }
        return ConnectorKind(rawValue: account.kind).map(MappingCheck.standard)
    }

    private func requireUsable(_ account: ConnectionAccount) throws {
        do {
            try check(account)
        } catch let error as PuenteError {
            throw PuenteError(.invalid, detail: "connection", message: error.message)
        }
    }

    private func word() -> String {
        random(16).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }

    /// Up to 32 small letters, digits and underscores, as in puente.yaml.
    private static func isName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count) && !reserved.contains(text)
            && text.utf8.allSatisfy { byte in
                (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5f
            }
    }
}

extension PuenteError {
    fileprivate static let noConnectionName = PuenteError(
        .invalid, detail: "name", en: "A name has up to 32 small letters, digits and underscores, and is not “new”.",
        es: "Un nombre tiene hasta 32 letras minúsculas, cifras y guiones bajos, y no es «new».")
}

extension ConnectionAccount {
    fileprivate init(_ provision: Provision.Connection, id: ConnectionID, in workspace: WorkspaceID) {
        self.init(
            id: id, workspace: workspace, slug: provision.kind, kind: provision.kind, baseURL: provision.baseURL,
            settings: provision.settings, secrets: provision.secrets, state: "connected", cursor: nil,
            isProvisioned: false)
    }
}
