import Domain
import Foundation
import Store
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct ClockworkTests {
    @Test func `an account that does not answer holds up no reminder`() async throws {
        try await MediaRig.with { rig in
            try await rig.breakDown(#"{"target":"whatsapp","kind":"delay","milliseconds":600000}"#)

            try await rig.clocking {
                try await rig.until { try await rig.hits() == 1 }
                try await rig.addDueDeadLetter()
                rig.world.wakeBoard.ring(.lane(.clock))

                try await rig.until { try await rig.count("alarm WHERE kind = 'dead_letters_due'") == 1 }
                // The first question to Meta is still without an answer: the others come after it.
                #expect(try await rig.hits() == 1)
            }
        }
    }
}

@Suite struct MediaCleaningTests {
    @Test func `what cannot be removed holds up nothing behind it`() async throws {
        try await MediaRig.with { rig in
            let blocked = (0..<201).map { "blocked-\($0)" }
            for name in blocked { try rig.makeUnremovable(name) }
            try rig.makeOldFile("last")
            try await rig.addPrunedMedia(blocked + ["last"])

            let done = try await MediaCleaning(store: rig.world.store, folder: rig.folder, logger: quiet).run()

            #expect(done == 1)
            #expect(try rig.folder.size(of: "last", in: rig.world.workspace) == nil)
            #expect(try await rig.count("media WHERE state = 'pruned'") == 201)
        }
    }

    /// An older copy of the database came back, and nobody held it: its newer files may be wanted again.
    @Test func `files that came after the newest row of the database stay`() async throws {
        try await MediaRig.with { rig in
            try rig.makeFolder()
            try rig.makeOldFile(MediaRig.name(1))
            try await MediaCleaning(store: rig.world.store, folder: rig.folder, logger: quiet).run()
            #expect(try rig.files().count == 1)
        }
    }

    @Test func `a file that no row speaks of goes after a day, unless the installation is held`() async throws {
        try await MediaRig.with { rig in
            let orphans = (0..<201).map { MediaRig.name($0) }
            let (known, fresh) = (MediaRig.name(1000), MediaRig.name(1001))
            try rig.makeFolder()
            for name in orphans + [known, "not-ours"] { try rig.makeOldFile(name) }
            try rig.makeFile(fresh)
            try await rig.addStoredMedia(known)
            let cleaning = MediaCleaning(store: rig.world.store, folder: rig.folder, logger: quiet)

            try await rig.hold(true)
            try await cleaning.run()
            #expect(try rig.files().count == orphans.count + 3)

            try await rig.hold(false)
            try await cleaning.run()
            #expect(
                try rig.files().map { String($0.split(separator: "/").last ?? "") }.sorted()
                    == [known, fresh, "not-ours"].sorted())
        }
    }
}

extension MediaRig {
    /// Works the clock's lane for the length of `body`.
    fileprivate func clocking(_ body: () async throws -> Void) async throws {
        let context = makeContext()
        let clock = Clockwork(
            context: context, settings: Clockwork.Settings(),
            templates: TemplateRefresh(context: context, client: client),
            numbers: NumberRefresh(context: context, client: client),
            cleaning: MediaCleaning(store: world.store, folder: folder, logger: quiet),
            rights: DataRightsWork(store: world.store, folder: folder, logger: quiet),
            orphans: OrphanedPushes(store: world.store, logger: quiet) { _ in throw CancellationError() })
        try await working(clock, on: .clock, body)
    }

    fileprivate func addDueDeadLetter() async throws {
        let (now, workspace) = (world.store.now(), world.workspace)
        try await world.store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO job
                    (id, workspace_id, kind, lane, ordering_key, state, due_at, subject_id, created_at, changed_at,
                     answer_by)
                VALUES (1, :workspace_id, 'whatsapp.send', 'number:1', 1, 'discarded', 0, 1, 0, 0, :now)
                """, ["workspace_id": workspace, "now": now])
        }
    }

    fileprivate func addPrunedMedia(_ files: [String]) async throws {
        let workspace = world.workspace
        try await world.store.database.write { connection in
            try connection.executeMany(
                """
                INSERT INTO media (id, workspace_id, number_id, kind, sha256, state, created_at)
                VALUES (:id, :workspace_id, 1, 'image', :file, 'pruned', 0)
                """,
                files.enumerated().map { ["id": $0.offset + 1, "workspace_id": workspace, "file": $0.element] })
        }
    }

    fileprivate func addStoredMedia(_ file: String) async throws {
        let number = try #require(try await world.store.numberAccounts().first).id
        _ = try await world.store.addMedia(
            .image, number: number, sha256: file, size: 1, mimeType: "image/png", filename: nil, in: world.workspace)
    }

    fileprivate func hold(_ isHeld: Bool) async throws {
        try await world.store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO installation (name, value) VALUES ('held', :value)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, ["value": isHeld ? "1" : "0"])
        }
    }

    /// As a file is named whose content has this hash.
    fileprivate static func name(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    fileprivate func makeFolder() throws {
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/\(world.workspace)", withIntermediateDirectories: true)
    }

    /// A folder in the place of a file.
    fileprivate func makeUnremovable(_ name: String) throws {
        let path = folder.file(name, in: world.workspace)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
    }

    fileprivate func makeFile(_ name: String) throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.file(name, in: world.workspace)))
    }

    fileprivate func makeOldFile(_ name: String) throws {
        try makeFile(name)
        let path = folder.file(name, in: world.workspace)
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
    }
}
