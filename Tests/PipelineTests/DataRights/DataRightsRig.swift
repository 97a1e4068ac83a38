import Domain
import Foundation
import Store
import Testing

@testable import ContactFiles
@testable import Pipeline

/// A company with a customer who wrote, sent a file, and got an answer; raw webhooks and files as they are kept.
struct DataRightsRig {
    static let phone = "5215512345678"
    static let other = "5213398765432"
    /// What of the customer may be nowhere any more once they are erased.
    static let traces = ["Lucía", "5215512345678", "mensaje secreto de ella", "factura-de-lucia"]

    let world: PipelineWorld
    let folder: MediaFolder
    let work: DataRightsWork

    static func with(_ body: (DataRightsRig) async throws -> Void) async throws {
        try await PipelineWorld.with { world in
            let folder = MediaFolder(path: world.folder + "/media")
            let rig = DataRightsRig(
                world: world, folder: folder,
                work: DataRightsWork(store: world.store, folder: folder, bodyPatience: .zero, logger: quiet))
            try await body(rig)
        }
    }

    /// As Meta's webhook brings it.
    func receive(_ text: String, wamid: String, from phone: String, name: String) async throws {
        let seconds = world.store.now().milliseconds / 1000
        let body = """
            {"object":"whatsapp_business_account","entry":[{"id":"\(PipelineWorld.wabaID)","changes":[{"field":"messages",\
            "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",\
            "phone_number_id":"\(PipelineWorld.phoneNumberID)"},"contacts":[{"profile":{"name":"\(name)"},\
            "wa_id":"\(phone)"}],"messages":[{"from":"\(phone)","id":"\(wamid)","timestamp":"\(seconds)","type":"text",\
            "text":{"body":"\(text)"}}]}}]}]}
            """
        try await take(body)
    }

    func take(_ body: String) async throws {
        try await world.store.append([world.body(body)], node: 1)
        while try await world.interpreter().interpretSome() > 0 {}
    }

    func contact(_ phone: String) async throws -> ContactID? {
        try await world.store.contacts(search: phone, in: world.workspace).items.first?.person.id
    }

    /// A file of the customer's, in the folder and in the database, written an hour ago.
    @discardableResult
    func addFile(_ text: String, named name: String, to contact: ContactID) async throws -> String {
        let writer = try folder.makeFile(in: world.workspace)
        try Array(text.utf8).withUnsafeBytes { try writer.append($0) }
        let sha256 = try writer.seal().name
        let past = Date(timeIntervalSince1970: Double(world.store.now().milliseconds) / 1000 - 3600)
        try FileManager.default.setAttributes(
            [.modificationDate: past], ofItemAtPath: folder.file(sha256, in: world.workspace))
        let number = try #require(try await world.store.numberAccounts().first).id
        let media: MediaID = world.store.ids.next()
        let message: MessageID = world.store.ids.next()
        let content = MessageContent.media(
            MediaContent(kind: .document, mimeType: "text/plain", filename: name, storedID: media))
        let json = try JSONText.encode(content)
        let (workspace, now) = (world.workspace, world.store.now())
        try await world.store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO message
                    (id, workspace_id, number_id, conversation_id, contact_id, is_inbound, origin, kind, content, meta_at,
                     stored_at, received_at, status, status_at)
                SELECT :id, workspace_id, number_id, id, contact_id, 1, 'customer', 'media', :content, :now, :now, :now,
                    'received', :now FROM conversation WHERE workspace_id = :workspace_id AND contact_id = :contact
                """,
                [
                    "id": message, "content": json, "now": now, "workspace_id": workspace, "contact": contact,
                ])
            try connection.execute(
                """
                INSERT INTO media
                    (id, workspace_id, number_id, message_id, kind, mime_type, filename, size, sha256, state, created_at)
                VALUES (:id, :workspace_id, :number_id, :message, 'document', 'text/plain', :name, :size, :sha256,
                    'stored', :now)
                """,
                [
                    "id": media, "workspace_id": workspace, "number_id": number, "message": message, "name": name,
                    "size": text.utf8.count, "sha256": sha256, "now": now,
                ])
        }
        return sha256
    }

    /// The parts of an archive, by name.
    func parts(of export: PersonExportID) throws -> [String: String] {
        let path = ExportFolder(folder).file(export, in: world.workspace)
        let source = ByteSource.bytes(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        let limits = FileLimits()
        return try ZipDirectory(source, limits: limits).entries.reduce(into: [:]) { parts, entry in
            let part = try ZipPart(entry, in: source, limits: limits)
            var bytes = [UInt8](repeating: 0, count: entry.unpackedBytes + 1)
            let count = try bytes.withUnsafeMutableBytes { try part.read(into: $0) }
            parts[entry.name] = String(decoding: bytes[..<count], as: UTF8.self)
        }
    }

    /// Files of the whole installation, database and write-ahead log among them, that hold one of the texts.
    func filesHolding(_ texts: [String]) throws -> [String] {
        guard let all = FileManager.default.enumerator(atPath: world.folder) else { return [] }
        return try all.compactMap { $0 as? String }.filter { name in
            var isFolder: ObjCBool = false
            let path = "\(world.folder)/\(name)"
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                return false
            }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            return texts.contains { bytes.range(of: Data($0.utf8)) != nil }
        }
    }
}
