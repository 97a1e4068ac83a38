import CRM
package import Domain
package import Store

/// What pages and programs do with back-fills. The work itself is the lane's: see ``CRMBackfill``.
package struct BackfillDesk: Sendable {
    private static let maxLabel = 60

    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    /// A connection by its name or its id, that is not switched off.
    /// - Throws: `notFound`.
    package func account(named name: String, in workspace: WorkspaceID) async throws -> ConnectionAccount {
        let account = try await anyAccount(named: name, in: workspace)
        guard account.isOn else { throw PuenteError.noSuchConnection }
        return account
    }

    /// The same, also of one that is switched off.
    package func anyAccount(named name: String, in workspace: WorkspaceID) async throws -> ConnectionAccount {
        let accounts = try await store.connectionAccounts()
        guard
            let account = accounts.first(where: {
                $0.workspace == workspace && [$0.slug, $0.id.description].contains(name)
            })
        else { throw PuenteError.noSuchConnection }
        return account
    }

    /// Whether the contacts of this connection can be read from its beginning: a company's own system sends what it says,
    /// and is asked for nothing.
    package static func isReadable(_ account: ConnectionAccount) -> Bool {
        ConnectorKind(rawValue: account.kind) != .own
    }

    /// - Parameter choices: what the connection cannot do is refused with one sentence.
    package func start(
        _ choices: BackfillOptions, of account: ConnectionAccount, by actor: String
    ) async throws -> Backfill {
        var options = choices
        options.readsCRM = Self.isReadable(account)
        options.label = options.label.map { $0.trimmed }.flatMap { $0.isEmpty ? nil : $0 }
        guard options.readsCRM || !options.makesContacts else { throw PuenteError.ownCannotBeRead }
        if let label = options.label {
            guard label.count <= Self.maxLabel else { throw PuenteError.longLabel(Self.maxLabel) }
            guard options.makesContacts else { throw PuenteError.labelOfNobody }
        }
        if let since = options.historySince, since > store.now() { throw PuenteError.historyAhead }
        return try await store.startBackfill(options, of: account.id, in: account.workspace, by: actor)
    }

    package func newest(of account: ConnectionAccount) async throws -> Backfill? {
        try await store.backfill(of: account.id, in: account.workspace)
    }

    package func pause(_ account: ConnectionAccount) async throws {
        try await store.pauseBackfill(of: account.id, in: account.workspace)
    }

    package func resume(_ account: ConnectionAccount) async throws {
        try await store.resumeBackfill(of: account.id, in: account.workspace)
    }

    package func stop(_ account: ConnectionAccount) async throws {
        try await store.stopBackfill(of: account.id, in: account.workspace)
    }

    /// Puts back all that the newest one wrote here: a short one at once, a long one in the background.
    package func undo(_ account: ConnectionAccount, by actor: String) async throws {
        guard let backfill = try await newest(of: account) else { throw PuenteError.noBackfill }
        guard backfill.state.isOver, let change = backfill.changeID else { throw PuenteError.notUndoable }
        try await store.startUndo(change, in: account.workspace, by: actor)
    }
}

extension ConnectionAccount {
    package var isOn: Bool { state != "disabled" }
}

extension String {
    fileprivate var trimmed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension PuenteError {
    static let noSuchConnection = PuenteError(
        .notFound, detail: "no_connection", en: "There is no CRM connection of this name.",
        es: "No hay ninguna conexión con un CRM con ese nombre.")

    static let ownCannotBeRead = PuenteError(
        .invalid, detail: "make_contacts",
        en:
            "Your own system cannot be asked for all its contacts: it sends them. Have it send each as a contact.upserted event, or import a list.",
        es:
            "A su propio sistema no se le pueden pedir todos sus contactos: él los envía. Haga que envíe cada uno como evento contact.upserted o importe una lista."
    )

    static let labelOfNobody = PuenteError(
        .invalid, detail: "label",
        en: "The label is for contacts that are made. Choose that, or leave the label empty.",
        es: "La etiqueta es para los contactos que se crean. Elija crearlos o deje la etiqueta vacía.")

    static let historyAhead = PuenteError(
        .invalid, detail: "history_since", en: "Choose a day that is not ahead.", es: "Elija un día que no sea futuro.")

    static func longLabel(_ most: Int) -> PuenteError {
        PuenteError(
            .invalid, detail: "label", en: "A label has at most \(most) characters.",
            es: "Una etiqueta tiene como máximo \(most) caracteres.")
    }
}
