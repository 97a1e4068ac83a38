package import CRM
package import Domain
import FoundationEssentials
package import Logging
import PhoneNumbers
package import Store

/// What a CRM tells us by webhook: somebody there writes to a customer, a contact changed, a message was read.
package struct CRMInbound: Sendable {
    package enum Answer: Equatable, Sendable {
        case done
        case unknownConnection
        case unauthorized(String)
        case invalid(String)
        /// The gate, or a limit of WhatsApp's, said no to a message.
        case refused(String)
        /// Not taken in: send it again.
        case unavailable
    }

    private let book: ConnectorBook
    private let store: Store
    private let accept: @Sendable (MessageCommand, _ key: String) async throws -> AcceptedMessage?
    private let wakeBoard: WakeBoard
    private let logger: Logger
    private let region: String
    private let hints: CRMHints

    package init(
        book: ConnectorBook, store: Store, wakeBoard: WakeBoard, hints: CRMHints, region: String,
        logger: Logger, accept: @escaping @Sendable (MessageCommand, _ key: String) async throws -> AcceptedMessage?
    ) {
        self.book = book
        self.store = store
        self.accept = accept
        self.wakeBoard = wakeBoard
        self.logger = logger
        self.region = region
        self.hints = hints
    }

    package func receive(
        method: String, url: String, headers: [(String, String)], body: [UInt8], connection: String
    ) async -> Answer {
        guard let entry = book.entry(named: connection) else { return .unknownConnection }
        do {
            let hints = try entry.connector.readWebhook(
                WebhookRequest(method: method, url: url, headers: headers, body: body, receivedAt: store.now()))
            return try await act(on: hints, from: entry.account)
        } catch let error as PuenteError where error.code == .unauthorized {
            return .unauthorized(error.message.en)
        } catch let error as PuenteError where error.code == .refused || error.code == .notFound {
            return .refused(error.message.en)
        } catch let error as PuenteError {
            return .invalid(error.message.en)
        } catch {
            logger.error("a CRM's webhook could not be taken in", metadata: ["error": "\(error)"])
            return .unavailable
        }
    }

    private func act(on hints: [RemoteHint], from account: ConnectionAccount) async throws -> Answer {
        var refusal: Answer?
        for hint in hints {
            do {
                try await act(on: hint, from: account)
            } catch let error as PuenteError {
                // One that is refused never stops its neighbours; the sender learns of it by the answer.
                refusal = .refused(error.message.en)
            }
        }
        return refusal ?? .done
    }

    private func act(on hint: RemoteHint, from account: ConnectionAccount) async throws {
        switch hint {
        case .sendMessage(let command): try await send(command, from: account)
        case .statusUpdate(let id, let status): try await markRead(id, status: status, in: account.workspace)
        case .contactMerged(let ids, _): for id in ids { try await unlink(id, account) }
        case .contactDeleted(let id), .contactErased(let id): try await unlink(id, account)
        case .contactGiven(let contact): try await take(contact, from: account)
        case .contactChanged(_, _, isOurs: true): break
        case .contactChanged(let id, _, isOurs: false): hints.note(id, of: account.id)
        case .ignored(let type):
            logger.debug(
                "a CRM's event means nothing here", metadata: ["connector": "\(account.slug)", "type": "\(type)"])
        }
    }

    /// A repeat of a command finds it done: the command's id is its key against sending twice.
    private func send(_ command: SendCommand, from account: ConnectionAccount) async throws {
        let key = "crm:\(account.id):\(command.commandID)"
        _ = try await accept(try await messageCommand(command, from: account), key)
    }

    private func messageCommand(
        _ command: SendCommand, from account: ConnectionAccount
    ) async throws -> MessageCommand {
        let number = try await store.numberID(phoneNumberID: command.phoneNumberID, in: account.workspace)
        let target: MessageCommand.Target
        switch command.target {
        case .phone(let text): target = .address(.phone(try digits(text)), from: number)
        case .userID(let id): target = .address(.userID(id), from: number)
        case .contact(let id):
            guard let contact = ContactID(id) else { throw PuenteError.unknownContact }
            target = .contact(contact, from: number)
        case .remoteContact(let id):
            guard let contact = try await store.contact(remoteID: id, connection: account.id, in: account.workspace)
            else { throw PuenteError.unknownContact }
            target = .contact(contact, from: number)
        }
        return MessageCommand(
            workspace: account.workspace, target: target, content: command.content,
            replyTo: command.replyTo.flatMap(MessageID.init),
            author: .crm(connection: command.authorName ?? account.slug))
    }

    private func digits(_ text: String) throws -> String {
        do {
            return try PhoneNumber(text, region: region).digits
        } catch {
            throw PuenteError(.invalid, detail: "phone", message: error.message)
        }
    }

    private func markRead(_ id: String, status: MessageStatus, in workspace: WorkspaceID) async throws {
        guard status == .read, let message = MessageID(id) else { return }
        if let lane = try await store.markReadFromCRM(message, in: workspace) { wakeBoard.ring(.lane(lane)) }
    }

    private func unlink(_ remoteID: String, _ account: ConnectionAccount) async throws {
        try await store.unlink(remoteID: remoteID, connection: account.id, in: account.workspace)
    }

    /// A contact that the company's own system gives us: linked where one of its handles is known here.
    private func take(_ contact: RemoteContact, from account: ConnectionAccount) async throws {
        try await store.adopt(
            RemoteIdentity(contact, region: region), connection: account.id, in: account.workspace)
    }
}

extension PuenteError {
    fileprivate static let unknownContact = PuenteError(
        .notFound, en: "There is no such contact in Puente.", es: "Ese contacto no existe en Puente.")
}
