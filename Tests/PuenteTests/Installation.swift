import Domain
import Foundation
import Pipeline
import Store
import Synchronization

@testable import puente

/// An installation on SQLite in a folder of its own, with a conversation whose window is open.
struct Installation {
    static let now = Timestamp(milliseconds: 1_795_000_000_000)

    let folder: TemporaryFolder
    let configuration: Configuration

    init(_ folder: TemporaryFolder? = nil, _ text: String = SampleConfiguration.complete) throws {
        self.folder = try folder ?? TemporaryFolder()
        configuration = try SampleConfiguration.load(text, in: self.folder)
    }

    var opening: StoreOpening { StoreOpening(configuration, now: { Self.now }) }

    /// Opens it as the server does, runs the body, and closes it.
    func run<Value>(_ body: (OpenStore, WorkspaceID) async throws -> Value) async throws -> Value {
        let open = try await opening.open(as: LockHolder.server)
        do {
            let workspace = try await open.store.provision(try configuration.provision)
            let value = try await body(open, workspace)
            await open.close()
            return value
        } catch {
            await open.close()
            throw error
        }
    }

    /// Queues answers to a customer who has just written.
    /// - Returns: the messages.
    func queueMessages(_ texts: [String], _ store: Store, _ workspace: WorkspaceID) async throws -> [MessageID] {
        let conversation = try await openConversation(store, workspace)
        var messages: [MessageID] = []
        for text in texts {
            let command = MessageCommand(
                workspace: workspace, target: .conversation(conversation), content: .text(TextContent(body: text)),
                author: .api(key: "ops"))
            messages.append(try await store.accept(command).message)
        }
        return messages
    }

    private func openConversation(_ store: Store, _ workspace: WorkspaceID) async throws -> ConversationID {
        let contact = store.ids.next(ContactRow.self)
        let conversation = store.ids.next(ConversationRow.self)
        let handle = store.ids.next(HandleRow.self)
        try await store.database.write { connection in
            try connection.execute(
                "INSERT INTO contact (id, workspace_id, created_at, updated_at) VALUES (:id, :workspace, :now, :now)",
                ["id": contact, "workspace": workspace, "now": Self.now])
            try connection.execute(
                """
                INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                VALUES (:id, :workspace, :contact, 'phone', '', '34600000001', '34600000001', :now, 'webhook')
                """, ["id": handle, "workspace": workspace, "contact": contact, "now": Self.now])
            try connection.execute(
                """
                INSERT INTO conversation
                    (id, workspace_id, number_id, contact_id, state, owner, last_inbound_at, last_message_at,
                     sender_known_by, created_at)
                SELECT :id, :workspace, id, :contact, 'open', 'queue', :now, :now, 1, :now
                FROM number WHERE workspace_id = :workspace
                """, ["id": conversation, "workspace": workspace, "contact": contact, "now": Self.now])
        }
        return conversation
    }

    /// A file as the pipeline stores it, with its row.
    /// - Returns: its name in the media folder.
    func storeMedia(_ text: String, _ store: Store, _ workspace: WorkspaceID) async throws -> String {
        let writer = try MediaFolder(path: configuration.mediaFolder).makeFile(in: workspace)
        try Array(text.utf8).withUnsafeBytes { try writer.append($0) }
        let name = try writer.seal().name
        let id = store.ids.next(MediaRow.self)
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO media (id, workspace_id, number_id, kind, sha256, state, created_at)
                SELECT :id, :workspace, id, 'image', :sha256, 'stored', :now FROM number
                WHERE workspace_id = :workspace
                """, ["id": id, "workspace": workspace, "sha256": name, "now": Self.now])
        }
        return "\(workspace)/\(name)"
    }

    /// One value of the database as it lies there.
    func value(_ sql: String) async throws -> String? {
        let open = try await opening.openToRead()
        let value = try await open.store.database.read { connection in
            try connection.value("SELECT CAST((\(sql)) AS TEXT) AS value", [:], as: String?.self) ?? nil
        }
        await open.close()
        return value
    }
}

/// A terminal that remembers what was said to it.
final class RecordedTerminal: Sendable {
    private let lines = Mutex<(output: [String], errors: [String])>(([], []))

    var output: [String] { lines.withLock { $0.output } }
    var errors: [String] { lines.withLock { $0.errors } }

    /// Runs a command with its arguments.
    /// - Returns: the exit code.
    func run(_ arguments: [String], environment: [String: String] = [:]) async -> Int32 {
        let terminal = Terminal(
            environment: environment, output: { line in self.lines.withLock { $0.output.append(line) } },
            errors: { line in self.lines.withLock { $0.errors.append(line) } })
        return await Terminal.$current.withValue(terminal) { await Puente.execute(arguments) }
    }
}
