import CRM
import Domain
import Logging
import PhoneNumbers
import Store

/// Turns what somebody in a CRM wants to be sent into a command of ours: who is meant, and from which number.
struct CRMCommandReading {
    let store: Store
    let entry: ConnectorBook.Entry
    /// How to read numbers that were written without a country code.
    let region: String
    let logger: Logger

    private var account: ConnectionAccount { entry.account }

    /// - Throws: `PuenteError`: `invalid` or `notFound` for what cannot be sent, `unavailable` when the CRM does not say
    ///   who its contact is.
    func read(_ command: SendCommand) async throws -> MessageCommand {
        let number = try await store.numberID(named: command.from, in: account.workspace)
        let (target, record) = try await self.target(command.target, from: number)
        return MessageCommand(
            workspace: account.workspace, target: target, content: command.content,
            replyTo: try command.replyTo.map(messageID), author: .crm(connection: command.authorName ?? account.slug),
            record: record.map { RemoteRecord($0, in: account.id) })
    }

    /// With the record that had to be read to know whom to write to: the message makes it a contact of ours.
    private typealias Target = (MessageCommand.Target, record: RemoteIdentity?)

    private func target(_ target: SendCommand.Target, from number: NumberID?) async throws -> Target {
        switch target {
        case .phone(let text): return (.address(.phone(try digits(text)), from: number), nil)
        case .userID(let id): return (.address(.userID(id), from: number), nil)
        case .contact(let id):
            guard let contact = ContactID(id) else { throw PuenteError.unknownContact }
            return (.contact(contact, from: number), nil)
        case .remoteContact(let id):
            if let contact = try await contact(of: id) { return (.contact(contact, from: number), nil) }
            return try await self.target(ofUnlinked: id, from: number)
        }
    }

    /// Most of a CRM's contacts never wrote, and workflows write to them all the same: to the phone of the record.
    private func target(ofUnlinked id: String, from number: NumberID?) async throws -> Target {
        guard let contact = try await remoteContact(id) else { throw PuenteError.unknownContact }
        let record = RemoteIdentity(contact, region: region)
        // It may be somebody whom we know by another id or by a handle: then it is linked now.
        try await store.adopt(record, connection: account.id, in: account.workspace)
        if let contact = try await self.contact(of: record.remoteID) { return (.contact(contact, from: number), nil) }
        if let phone = record.phones.first { return (.address(.phone(phone), from: number), record) }
        if let userID = record.userID { return (.address(.userID(userID), from: number), record) }
        throw PuenteError.noPhone
    }

    private func contact(of remoteID: String) async throws -> ContactID? {
        try await store.contact(remoteID: remoteID, connection: account.id, in: account.workspace)
    }

    private func remoteContact(_ id: String) async throws -> RemoteContact? {
        do {
            return try await entry.connector.contact(remoteID: id)
        } catch {
            logger.warning(
                "whom a CRM writes to could not be read",
                metadata: ["connector": "\(account.slug)", "code": "\(error.code)"])
            throw PuenteError(.unavailable, detail: error.code, message: error.advice)
        }
    }

    private func messageID(_ text: String) throws -> MessageID {
        guard let id = MessageID(text) else { throw PuenteError.unknownReply }
        return id
    }

    private func digits(_ text: String) throws -> String {
        do {
            return try PhoneNumber(text, region: region).digits
        } catch {
            throw PuenteError(.invalid, detail: "phone", message: error.message)
        }
    }
}

extension PuenteError {
    fileprivate static let unknownContact = PuenteError(
        .notFound, en: "There is no such contact, neither in Puente nor in the CRM.",
        es: "Ese contacto no existe ni en Puente ni en el CRM.")
    fileprivate static let noPhone = PuenteError(
        .invalid, detail: "no_address",
        en: "The contact has no phone number in the CRM. Enter one there, with its country code, then send again.",
        es: "El contacto no tiene teléfono en el CRM. Escríbalo allí, con su código de país, y vuelva a enviar.")
}
