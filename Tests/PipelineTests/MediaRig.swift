import Domain
import Foundation
import OutboundHTTP
import Sandbox
import Store
import Testing
import WhatsApp

@testable import Pipeline

/// A small company with a sandbox for Meta, and the courier that fetches its customers' files.
struct MediaRig: Sendable {
    let world: PipelineWorld
    let folder: MediaFolder
    let client: GraphClient
    private let http: OutboundClient
    private let sandbox: String
    private let lease = LeaseClock()

    static func with(_ body: @escaping @Sendable (MediaRig) async throws -> Void) async throws {
        try await PipelineWorld.with { world in
            var configuration = SandboxConfiguration()
            configuration.port = 0
            configuration.accessToken = "t"
            try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
                let http = OutboundClient(logger: quiet)
                let rig = MediaRig(world, http, at: try await sandbox.baseURL)
                do {
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
        client = GraphClient(graphURL: sandbox, apiVersion: "v25.0", http: http)
        folder = MediaFolder(
            path: FileManager.default.temporaryDirectory.appending(path: "puente-media-\(UUID().uuidString)").path())
    }

    // MARK: Meta

    /// As `PUT /sandbox/faults` takes them.
    func breakDown(_ faults: String...) async throws {
        let answer = try await control("PUT", "faults", "{\"faults\":[\(faults.joined(separator: ","))]}")
        #expect(answer.isSuccess)
    }

    /// How often the first of the faults has struck.
    func hits() async throws -> Int {
        struct Plan: Decodable {
            struct Fault: Decodable { let hits: Int }
            let faults: [Fault]
        }
        let answer = try await control("GET", "faults")
        return try JSONDecoder().decode(Plan.self, from: Data(answer.body)).faults.first?.hits ?? 0
    }

    private func control(_ method: String, _ path: String, _ body: String? = nil) async throws -> OutboundResponse {
        try await http.send(
            OutboundRequest(
                method: method, url: "\(sandbox)/sandbox/\(path)", headers: [("Content-Type", "application/json")],
                body: body.map { Array($0.utf8) }, deadline: .seconds(10)))
    }

    /// Customers send so many pictures, each another.
    func receivePictures(_ count: Int) async throws {
        for number in 0..<count {
            let id = try await upload(Array("picture \(number)".utf8))
            let body = PipelineWorld.webhook(picture: id, wamid: "wamid.\(number)")
            try await world.store.append([world.body(body)], node: 1)
        }
        while try await world.interpreter().interpretSome() > 0 {}
        #expect(try await world.count("SELECT COUNT(*) AS n FROM media WHERE state = 'fetching'") == count)
    }

    private func upload(_ bytes: [UInt8]) async throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "puente-upload-\(UUID().uuidString)").path()
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await client.uploadMedia(
            path, byteCount: bytes.count, kind: .image, mimeType: "image/png", fileName: "a.png",
            to: PipelineWorld.phoneNumberID, token: "t")
    }

    /// A customer writes, and a person answers with a picture that is not at Meta yet.
    func answerWithPicture(
        _ content: (MediaContent) -> MessageContent = { .media($0) }
    ) async throws -> MessageID {
        let (store, workspace) = (world.store, world.workspace)
        let number = try #require(try await store.numberAccounts().first).id
        let writer = try folder.makeFile(in: workspace)
        try Array("picture".utf8).withUnsafeBytes { try writer.append($0) }
        let media = try await store.addMedia(
            .image, number: number, sha256: try writer.seal().name, size: 7, mimeType: "image/png", filename: nil,
            in: workspace)
        let command = MessageCommand(
            workspace: workspace, target: .conversation(try await openConversation()),
            content: content(MediaContent(kind: .image, storedID: media)), author: .api(key: "test"))
        return try await store.accept(command).message
    }

    /// Meta knows the customer, and so do we.
    private func openConversation() async throws -> ConversationID {
        let phone = "5215512345678"
        #expect(try await control("POST", "customers/\(phone)/messages", #"{"text":"Hola"}"#).isSuccess)
        let seconds = world.store.now().milliseconds / 1000
        let body = PipelineWorld.webhook(["wamid.hello"], from: phone).replacing("1795042920", with: "\(seconds)")
        try await world.store.append([world.body(body)], node: 1)
        while try await world.interpreter().interpretSome() > 0 {}
        return ConversationID(rawValue: Int64(try await world.count("SELECT id AS n FROM conversation")))
    }

    // MARK: The lane

    /// Works the sending lane, as ``working(policy:_:)`` does that of files.
    func sending(_ body: () async throws -> Void) async throws {
        let number = try #require(try await world.store.numberAccounts().first)
        let courier = SendCourier(
            context: makeContext(), number: number, client: client, graphURL: sandbox,
            uploads: MediaUploads(folder: folder), settings: SendCourier.Settings())
        try await working(courier, on: .number(number.id), body)
    }

    /// Works the media lane for the length of `body`, then gives it up and waits until that is done.
    func working(policy: RetryPolicy = RetryPolicy(), _ body: () async throws -> Void) async throws {
        let number = try #require(try await world.store.numberAccounts().first)
        let courier = MediaCourier(
            context: makeContext(), number: number, client: client, graphURL: sandbox, folder: folder, policy: policy)
        try await working(courier, on: .media(number.id), body)
    }

    func makeContext() -> CourierContext {
        CourierContext(
            store: world.store, wakeBoard: world.wakeBoard, changes: ChangeFeed(),
            pauses: PauseBoard(store: world.store, logger: quiet), lease: lease, logger: quiet, jitter: { 1 })
    }

    func working(_ worker: some LaneWorker, on lane: Lane, _ body: () async throws -> Void) async throws {
        let grip = try await takeLane(lane)
        let task = Task { await worker.work(grip) }
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

    private func takeLane(_ lane: Lane) async throws -> LaneGrip {
        var times = LeaseTimes()
        times.lease = .hours(1)
        let asked = ContinuousClock.now
        let node = try await world.store.join(
            name: "test", token: UUID().uuidString, isAlone: true, times: times)
        lease.renewed(asked: asked, times: times)
        return try #require(try await world.store.rebalance(node, held: []).taken.first { $0.lane == lane })
    }

    // MARK: Looking

    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
    }

    func count(_ condition: String) async throws -> Int {
        try await world.count("SELECT COUNT(*) AS n FROM \(condition)")
    }

    /// The files under the media folder, unfinished ones too.
    func files() throws -> [String] {
        guard let found = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        return found.compactMap { $0 as? String }.filter {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: "\(folder.path)/\($0)", isDirectory: &isFolder)
            return isThere && !isFolder.boolValue
        }
    }
}

extension PipelineWorld {
    /// A picture as Meta's webhook brings it.
    static func webhook(picture mediaID: String, wamid: String) -> String {
        """
        {"object":"whatsapp_business_account","entry":[{"id":"\(wabaID)","changes":[{"field":"messages","value":{\
        "messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",\
        "phone_number_id":"\(phoneNumberID)"},"contacts":[{"profile":{"name":"Lucía"},"wa_id":"5215512345678"}],\
        "messages":[{"from":"5215512345678","id":"\(wamid)","timestamp":"1795042920","type":"image",\
        "image":{"id":"\(mediaID)","mime_type":"image/png"}}]}}]}]}
        """
    }
}
