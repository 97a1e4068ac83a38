import Domain
import Synchronization

/// Knows the people of an account for some minutes. Who may not read them is no worse off: owners stay as they are.
final class UserBook: Sendable {
    private static let lasting: Duration = .minutes(10)
    /// Somebody unknown is looked for again, though not with every call.
    private static let pause: Duration = .minutes(2)

    private struct Entry {
        /// Nil where the account does not let its people be read.
        let directory: UserDirectory?
        let readAt: ContinuousClock.Instant

        func isStale(for people: some Sequence<String>, now: ContinuousClock.Instant) -> Bool {
            let age = now - readAt
            if age > UserBook.lasting { return true }
            guard age > UserBook.pause, let directory else { return false }
            return people.contains { !directory.knows($0) }
        }
    }

    private let kept = Mutex<Entry?>(nil)
    private let read: @Sendable () async throws(CallFailure) -> [RemoteUser]

    init(_ read: @escaping @Sendable () async throws(CallFailure) -> [RemoteUser]) {
        self.read = read
    }

    /// As ``Connector/knownUsers``.
    var addresses: Set<String>? { kept.withLock { entry in entry.map { $0.directory?.addresses ?? [] } } }

    /// Asks now.
    func all() async throws(CallFailure) -> [RemoteUser] {
        let users = try await read()
        keep(UserDirectory(users))
        return users
    }

    /// - Parameter people: ids and addresses that it should know, if the CRM does.
    /// - Returns: nil where the account does not let its people be read.
    func directory(knowing people: some Sequence<String>) async throws(CallFailure) -> UserDirectory? {
        let entry = kept.withLock { $0 }
        if let entry, !entry.isStale(for: people, now: .now) { return entry.directory }
        do throws(CallFailure) {
            let directory = UserDirectory(try await read())
            keep(directory)
            return directory
        } catch {
            guard error.isLasting || entry?.directory != nil else { throw error }
            // Who was known still is; the next try is some minutes away.
            keep(entry?.directory)
            return entry?.directory
        }
    }

    private func keep(_ directory: UserDirectory?) {
        kept.withLock { $0 = Entry(directory: directory, readAt: .now) }
    }
}

extension UserBook {
    /// The contacts with people by address. While nobody knows who they are, nothing is known of these fields.
    /// - Parameters:
    ///   - names: of fields that were read.
    ///   - book: by which those are told that name people.
    func named(
        _ contacts: [RemoteContact], _ names: [String], in book: FieldBook
    ) async throws(CallFailure) -> [RemoteContact] {
        let names = book.naming(names)
        guard !names.isEmpty, !contacts.isEmpty else { return contacts }
        let people = Set(contacts.flatMap { contact in names.compactMap { contact.fields[$0] } })
        let directory = try await directory(knowing: people)
        return contacts.map { contact in
            let texts = names.map { name in (name, contact.fields[name].flatMap { directory?.name(of: $0) }) }
            let named = contact.with(Dictionary(texts, uniquingKeysWith: { first, _ in first }))
            return directory == nil ? named.lacking(names, answered: []) : named
        }
    }

    /// By which addresses are written; nil where none is, and where nobody may know.
    func directory(
        for contacts: [ContactUpsert], in book: FieldBook
    ) async throws(CallFailure) -> UserDirectory? {
        let names = book.naming(contacts.mappedNames.sorted())
        let addresses: [String] = contacts.flatMap { contact in names.compactMap { contact.fields[$0] } }
            .filter { $0.contains("@") }
        guard !addresses.isEmpty else { return nil }
        return try await directory(knowing: addresses)
    }
}

extension FieldBook {
    /// Of these fields those whose values are people.
    fileprivate func naming(_ names: [String]) -> [String] { names.filter { self[$0]?.field.shape == .user } }
}

extension CallFailure {
    /// It is so until a person changes it, as with a permission that is missing.
    fileprivate var isLasting: Bool {
        switch kind {
        case .permanent, .accountWide: true
        case .transient, .throttled, .unknown, .unreachable: false
        }
    }
}
