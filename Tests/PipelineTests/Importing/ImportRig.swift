import ContactFiles
import Domain
import Foundation
import PhoneNumbers
import Secrets
import Store

@testable import Pipeline

/// Lists that are uploaded, checked and written as the server does it, by hand.
struct ImportRig: Sendable {
    let store: Store
    let workspace: WorkspaceID
    let folder: ImportFolder
    let desk: ImportDesk
    let service: ImportService

    /// Lives in a folder that is removed afterwards.
    static func with(_ body: (ImportRig) async throws -> Void) async throws {
        try await PipelineWorld.with { world in
            let store = Store(
                database: world.database, ids: world.store.ids, keys: try KeyRing.generate(), now: world.store.now,
                canonicalPhone: { WhatsAppNumber.canonical($0) })
            try await body(ImportRig(store, world.workspace, media: world.folder + "/media"))
        }
    }

    private init(_ store: Store, _ workspace: WorkspaceID, media: String) {
        self.store = store
        self.workspace = workspace
        folder = ImportFolder(beside: MediaFolder(path: media))
        let wakeBoard = WakeBoard()
        desk = ImportDesk(store: store, folder: folder, wakeBoard: wakeBoard)
        service = ImportService(
            store: store, folder: folder, wakeBoard: wakeBoard, name: "test", isAlone: true, logger: quiet)
    }

    func upload(
        _ text: String, named name: String = "clientes.csv", region: String? = "MX"
    ) async throws -> ImportRecord {
        try await upload(Array(text.utf8), named: name, region: region)
    }

    func upload(
        _ bytes: [UInt8], named name: String = "clientes.csv", region: String? = "MX"
    ) async throws -> ImportRecord {
        let writer = try folder.files.makeFile(in: workspace)
        try bytes.withUnsafeBytes { try writer.append($0) }
        let sealed = try writer.seal()
        return try await desk.begin(
            sealed.name, named: name, size: bytes.count, region: region, in: workspace, by: "Ana")
    }

    /// Checks a list as it was recognised.
    /// - Parameter change: of its columns, by heading.
    func check(
        _ record: ImportRecord, _ options: ImportOptions = ImportOptions(), uses: [String: ColumnUse] = [:],
        fields: [ImportField] = []
    ) async throws -> ImportRecord {
        var plan = try ImportPlan(json: record.plan)
        for index in plan.columns.indices {
            if let use = uses[plan.columns[index].heading] { plan.columns[index].use = use }
        }
        try await desk.check(record, plan, options, fields: fields)
        try await service.workOnImports()
        return try await desk.found(record.id, in: workspace)
    }

    func write(_ record: ImportRecord) async throws -> ImportRecord {
        try await desk.confirm(record.id, in: workspace, by: "Ana")
        try await service.workOnImports()
        return try await desk.found(record.id, in: workspace)
    }

    /// Uploads, checks and writes in one go.
    @discardableResult
    func bring(_ text: String, _ options: ImportOptions = ImportOptions()) async throws -> ImportRecord {
        try await write(try await check(try await upload(text), options))
    }

    /// Somebody of whom WhatsApp has told no more than a user id.
    func meet(_ userID: String, profileName: String) async throws {
        let (id, handle, now) = (store.ids.next(ContactRow.self), store.ids.next(HandleRow.self), store.now())
        try await store.database.write { [workspace] connection in
            try connection.execute(
                """
                INSERT INTO contact (id, workspace_id, profile_name, created_at, updated_at)
                VALUES (:id, :workspace_id, :profile_name, :now, :now)
                """, ["id": id, "workspace_id": workspace, "profile_name": profileName, "now": now])
            try connection.execute(
                """
                INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                VALUES (:handle, :workspace_id, :id, 'bsuid', '7', :user_id, :user_id, :now, 'webhook')
                """, ["handle": handle, "id": id, "workspace_id": workspace, "user_id": userID, "now": now])
        }
    }

    func count(_ sql: String) async throws -> Int {
        try await store.database.read { try $0.value("SELECT COUNT(*) AS n FROM \(sql)", as: Int.self) } ?? 0
    }

    func text(_ sql: String) async throws -> String? {
        try await store.database.read { try $0.value(sql, as: String.self) }
    }

    func all(_ pieces: some FilePieces) async throws -> [UInt8] {
        var pieces = pieces
        var bytes: [UInt8] = []
        while let piece = try await pieces.next() { bytes += piece }
        return bytes
    }
}
