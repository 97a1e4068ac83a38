package import CRM
package import Domain
import FoundationEssentials
package import Logging
package import Store

/// What a CRM tells us by webhook: somebody there writes to a customer, a contact changed, a message was read.
package struct CRMInbound: Sendable {
    package enum Answer: Equatable, Sendable {
        case done
        case unknownConnection
        case unauthorized(String)
        case invalid(code: String, message: String)
        /// It was understood, and cannot be done: the gate said no to a message, for example.
        case refused(code: String, message: String)
        /// Not all could be carried out, or some mean nothing here: what became of each, in their order.
        case mixed([ItemAnswer])
        /// Not taken in: send it again.
        case unavailable
    }

    /// What became of one event of several.
    package enum ItemAnswer: Equatable, Sendable {
        case done
        /// It means nothing here.
        case ignored
        case failed(code: String, message: String)
        /// Not taken in: send it again.
        case unavailable
    }

    private let book: ConnectorBook
    private let store: Store
    private let accept: @Sendable (MessageCommand, _ key: String) async throws -> AcceptedMessage?
    private let wakeBoard: WakeBoard
    private let logger: Logger
    private let region: String
    private let publicURL: String?
    private let language: Language
    private let hints: CRMHints
    private let refusals: CRMRefusalLog

    /// - Parameter language: of the sentences that say why something was refused: people of the company read them.
    package init(
        book: ConnectorBook, store: Store, wakeBoard: WakeBoard, hints: CRMHints, region: String, publicURL: String?,
        language: Language,
        logger: Logger, accept: @escaping @Sendable (MessageCommand, _ key: String) async throws -> AcceptedMessage?
    ) {
        self.book = book
        self.store = store
        self.accept = accept
        self.wakeBoard = wakeBoard
        self.logger = logger
        self.region = region
        self.publicURL = publicURL
        self.language = language
        self.hints = hints
        refusals = CRMRefusalLog(logger: logger)
    }

    /// Looks at a webhook before its body is read.
    /// - Returns: why it is turned away; nil when the body is to be read.
    package func refusal(of head: CRMWebhookHead, connection: String) -> Answer? {
        guard let entry = book.entry(named: connection) else { return .unknownConnection }
        do throws(PuenteError) {
            try entry.connector.admitWebhook(request(head, body: []))
            return nil
        } catch {
            return refuse(error, entry)
        }
    }

    package func receive(_ head: CRMWebhookHead, body: [UInt8], connection: String) async -> Answer {
        guard let entry = book.entry(named: connection) else { return .unknownConnection }
        do {
            let hints = try entry.connector.readWebhook(request(head, body: body))
            return try await act(on: hints, from: entry)
        } catch let error as PuenteError {
            return refuse(error, entry)
        } catch {
            logger.error("a CRM's webhook could not be taken in", metadata: ["error": "\(error)"])
            return .unavailable
        }
    }

    private func request(_ head: CRMWebhookHead, body: [UInt8]) -> WebhookRequest {
        WebhookRequest(
            method: head.method, url: head.url, headers: head.headers, body: body, receivedAt: store.now())
    }

    private func refuse(_ error: PuenteError, _ entry: ConnectorBook.Entry) -> Answer {
        let sentence = error.message[language]
        guard error.code == .unauthorized else { return .invalid(code: error.word, message: sentence) }
        refusals.note(error, of: entry.account)
        return .unauthorized(sentence)
    }

    private func act(on hints: [RemoteHint], from entry: ConnectorBook.Entry) async throws -> Answer {
        var answers: [ItemAnswer] = []
        for hint in hints {
            do {
                try await act(on: hint, from: entry)
                answers.append(hint.isIgnored ? .ignored : .done)
            } catch let error as PuenteError {
                // One that is refused never stops its neighbours; the sender learns of it by the answer.
                answers.append(ItemAnswer(error, in: language))
                logger.warning(
                    "what a CRM asked for was refused",
                    metadata: [
                        "connector": "\(entry.account.slug)", "code": "\(error.detail ?? error.code.rawValue)",
                        "why": "\(error.message.en)",
                    ])
            }
        }
        guard answers.count == 1, let only = answers.first else {
            return answers.allSatisfy { $0 == .done } ? .done : .mixed(answers)
        }
        switch only {
        case .done: return .done
        case .ignored: return .mixed(answers)
        case .failed(let code, let message): return .refused(code: code, message: message)
        case .unavailable: return .unavailable
        }
    }

    private func act(on hint: RemoteHint, from entry: ConnectorBook.Entry) async throws {
        let account = entry.account
        switch hint {
        case .sendMessage(let command): try await send(command, from: entry)
        case .statusUpdate(let id, let status): try await markRead(id, status: status, in: account.workspace)
        case .contactMerged(let ids, let survivor): try await follow(ids, into: survivor, account)
        case .contactDeleted(let id) where entry.connector.capabilities.isPushVerifiable: try await unlink(id, account)
        // Nobody signed it: whether the record is gone is asked there.
        case .contactDeleted(let id): hints.note(id, of: account.id)
        case .contactErased(let id): try await forget(id, account)
        case .contactGiven(let contact): try await take(contact, from: account)
        case .contactIntroduced(let contact): try await introduce(contact, from: account)
        case .unusable(let problem): throw problem
        case .contactChanged(_, _, isOurs: true): break
        case .contactChanged(let id, _, isOurs: false): hints.note(id, of: account.id)
        case .ignored(let type):
            logger.debug(
                "a CRM's event means nothing here", metadata: ["connector": "\(account.slug)", "type": "\(type)"])
        }
    }

    /// A repeat of a command finds it done: the command's id is its key against sending twice.
    private func send(_ command: SendCommand, from entry: ConnectorBook.Entry) async throws {
        let reader = CRMCommandReading(store: store, entry: entry, region: region, logger: logger)
        _ = try await accept(try await reader.read(command), "crm:\(entry.account.id):\(command.commandID)")
    }

    private func markRead(_ id: String, status: MessageStatus, in workspace: WorkspaceID) async throws {
        guard status == .read, let message = MessageID(id) else { return }
        if let lane = try await store.markReadFromCRM(message, in: workspace) { wakeBoard.ring(.lane(lane)) }
    }

    private func unlink(_ remoteID: String, _ account: ConnectionAccount) async throws {
        try await store.unlink(remoteID: remoteID, connection: account.id, in: account.workspace)
    }

    /// Somebody asked the company to be forgotten, and a person there did it. Whether Puente's copy goes, too, an
    /// administrator decides: the contact's page of data says that it happened.
    private func forget(_ remoteID: String, _ account: ConnectionAccount) async throws {
        let contact = try await store.contact(remoteID: remoteID, connection: account.id, in: account.workspace)
        try await unlink(remoteID, account)
        guard let contact else { return }
        try await store.note(.erasedInCRM, of: contact.rawValue, by: account.slug, in: account.workspace)
        logger.warning(
            "a contact was erased in the CRM; Puente's copy is still there",
            metadata: ["connector": "\(account.slug)", "contact": "\(contact)"])
    }

    /// Whoever was linked with one of the merged records is linked with the one that they live on in.
    private func follow(_ former: [String], into survivor: String, _ account: ConnectionAccount) async throws {
        try await store.relink(former, to: survivor, connection: account.id, in: account.workspace)
        if book.entry(account.id)?.connector.capabilities.changesByPull == true {
            hints.note(survivor, of: account.id)
        }
    }

    /// A contact that the company's own system gives us: linked where one of its handles is known here.
    private func take(_ contact: RemoteContact, from account: ConnectionAccount) async throws {
        try await store.adopt(
            [identity(contact)], connection: account.id, in: account.workspace, comparing: comparison(with: account))
    }

    /// The same, and made where nobody of them is known here.
    private func introduce(_ contact: RemoteContact, from account: ConnectionAccount) async throws {
        try await store.introduce(
            identity(contact), connection: account.id, in: account.workspace, by: account.slug,
            comparing: comparison(with: account))
    }

    private func identity(_ contact: RemoteContact) -> RemoteIdentity {
        RemoteIdentity(contact, region: region).given(contact.fields)
    }

    private func comparison(with account: ConnectionAccount) -> SyncComparison {
        SyncComparison(turn: .of(account, .webhook), context: .ofServer(publicURL: publicURL, region: region))
    }
}

extension RemoteHint {
    fileprivate var isIgnored: Bool { if case .ignored = self { true } else { false } }
}

extension PuenteError {
    /// As programs read it: the finer code, in one manner of writing.
    fileprivate var word: String {
        if let detail { return detail }
        return switch code {
        case .notFound: "not_found"
        case .tooLarge: "too_large"
        case .invalid, .unauthorized, .forbidden, .conflict, .refused, .throttled, .unavailable: code.rawValue
        }
    }
}

extension CRMInbound.ItemAnswer {
    fileprivate init(_ error: PuenteError, in language: Language) {
        switch error.code {
        case .unavailable, .throttled: self = .unavailable
        case .invalid, .unauthorized, .forbidden, .notFound, .conflict, .refused, .tooLarge:
            self = .failed(code: error.word, message: error.message[language])
        }
    }
}
