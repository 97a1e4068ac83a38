import Domain
import Foundation
import OutboundHTTP
import Sandbox
import Store
import Testing
import WhatsApp

@testable import Pipeline

/// A small company with a sandbox for Meta, and the courier that hands its answers over.
struct SendRig: Sendable {
    let world: PipelineWorld
    let folder: MediaFolder
    private let http: OutboundClient
    private let sandbox: String
    private let lease = LeaseClock()

    /// A customer has written: answers may leave.
    static func with(_ body: @escaping @Sendable (SendRig) async throws -> Void) async throws {
        try await PipelineWorld.with { world in
            var configuration = SandboxConfiguration()
            configuration.port = 0
            configuration.accessToken = "t"
            try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
                let http = OutboundClient(logger: quiet)
                do {
                    let rig = SendRig(world, http, at: try await sandbox.baseURL)
                    try await rig.customerWrites()
                    try await body(rig)
                } catch {
                    try await http.shutdown()
                    throw error
                }
                try await http.shutdown()
            }
        }
    }

    private init(_ world: PipelineWorld, _ http: OutboundClient, at sandbox: String) {
        self.world = world
        self.http = http
        self.sandbox = sandbox
        folder = MediaFolder(
            path: FileManager.default.temporaryDirectory.appending(path: "puente-media-\(UUID().uuidString)").path())
    }

    private func customerWrites() async throws {
        // With a name at Meta's too: the sandbox refuses to send to whom it does not know.
        _ = try await control("POST", "customers/5215512345678/messages", #"{"text":"Hola"}"#)
        let now = world.store.now().milliseconds / 1000
        let body = PipelineWorld.webhook(["wamid.in"]).replacing("1795042920", with: "\(now)")
        try await world.store.append([world.body(body)], node: 1)
        while try await world.interpreter().interpretSome() > 0 {}
    }

    /// As `PUT /sandbox/faults` takes them.
    func breakDown(_ faults: String...) async throws {
        let answer = try await control("PUT", "faults", "{\"faults\":[\(faults.joined(separator: ","))]}")
        #expect(answer.isSuccess)
    }

    private func control(_ method: String, _ path: String, _ body: String) async throws -> OutboundResponse {
        try await http.send(
            OutboundRequest(
                method: method, url: "\(sandbox)/sandbox/\(path)", headers: [("Content-Type", "application/json")],
                body: Array(body.utf8), deadline: .seconds(10)))
    }

    @discardableResult
    func answer(_ content: MessageContent) async throws -> AcceptedMessage {
        let conversation = ConversationID(rawValue: Int64(try await world.count("SELECT id AS n FROM conversation")))
        return try await world.store.accept(
            MessageCommand(
                workspace: world.workspace, target: .conversation(conversation), content: content,
                author: .api(key: "test")))
    }

    /// A picture that a person attached.
    func attach() async throws -> MessageContent {
        let (sha256, bytes) = ("ab12", Array("picture".utf8))
        let path = folder.file(sha256, in: world.workspace)
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/\(world.workspace)", withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let number = try #require(try await world.store.numberAccounts().first)
        let media = try await world.store.addMedia(
            .image, number: number.id, sha256: sha256, size: bytes.count, mimeType: "image/png", filename: "a.png",
            in: world.workspace)
        return .media(MediaContent(kind: .image, storedID: media))
    }

    /// Works the number's lane for the length of `body`, then gives it up and waits until that is done.
    /// - Parameter hasToken: whether the lane was taken up when the number had one.
    func working(hasToken: Bool = true, _ body: () async throws -> Void) async throws {
        let number = try await account(hasToken: hasToken)
        var settings = SendCourier.Settings()
        settings.policy = RetryPolicy(waits: [.milliseconds(50), .milliseconds(100)])
        let context = CourierContext(
            store: world.store, wakeBoard: world.wakeBoard, changes: ChangeFeed(),
            pauses: PauseBoard(store: world.store, logger: quiet), lease: lease, logger: quiet, jitter: { 1 })
        let courier = SendCourier(
            context: context, number: number,
            client: GraphClient(graphURL: sandbox, apiVersion: "v25.0", http: http), graphURL: sandbox,
            uploads: MediaUploads(folder: folder), settings: settings)
        let grip = try await takeLane(.number(number.id))
        let task = Task { await courier.work(grip) }
        do {
            try await body()
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
    }

    private func account(hasToken: Bool) async throws -> NumberAccount {
        guard !hasToken else { return try #require(try await world.store.numberAccounts().first) }
        let database = world.store.database
        let token = try await database.read { try $0.value("SELECT access_token FROM number", as: String.self) }
        try await database.write { try $0.execute("UPDATE number SET access_token = NULL") }
        let account = try await world.store.numberAccounts().first
        try await database.write { try $0.execute("UPDATE number SET access_token = :token", ["token": token]) }
        return try #require(account)
    }

    private func takeLane(_ lane: Lane) async throws -> LaneGrip {
        var times = LeaseTimes()
        times.lease = .hours(1)
        let asked = ContinuousClock.now
        let node = try await world.store.join(name: "test", token: UUID().uuidString, isAlone: true, times: times)
        lease.renewed(asked: asked, times: times)
        return try #require(try await world.store.rebalance(node, held: []).taken.first { $0.lane == lane })
    }

    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
    }

    func count(_ condition: String) async throws -> Int {
        try await world.count("SELECT COUNT(*) AS n FROM \(condition)")
    }
}
