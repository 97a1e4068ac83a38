import Domain
import Foundation
import Store
import Testing

@testable import puente

@Suite struct BackupTests {
    /// An installation with queued messages and media, backed up while it is open, as `puente backup` does it.
    private struct BackedUp {
        let installation: Installation
        let media: [String]
        let messages: [MessageID]
        let folder: String

        static func make() async throws -> BackedUp {
            let installation = try Installation()
            return try await installation.run { open, workspace async throws in
                let messages = try await installation.queueMessages(["one", "two", "three"], open.store, workspace)
                // One had just left when the backup was made; one had been accepted by Meta before it.
                try await open.store.database.write { connection in
                    try connection.execute(
                        "UPDATE job SET state = 'sending' WHERE subject_id = :id AND kind = 'whatsapp.send'",
                        ["id": messages[1]])
                    try connection.execute(
                        "UPDATE job SET state = 'completed' WHERE subject_id = :id AND kind = 'whatsapp.send'",
                        ["id": messages[2]])
                    try connection.execute(
                        "UPDATE message SET status = 'accepted' WHERE id = :id", ["id": messages[2]])
                }
                let media = [
                    try await installation.storeMedia("a photo", open.store, workspace),
                    try await installation.storeMedia("a voice note", open.store, workspace),
                ]
                let terminal = RecordedTerminal()
                let status = await terminal.run(
                    [
                        "backup", installation.folder.file("backups"), "--config",
                        installation.folder.file("puente.yaml"),
                    ])
                #expect(status == 0, "\(terminal.errors)")
                return BackedUp(
                    installation: installation, media: media, messages: messages,
                    folder: try #require(terminal.output.first))
            }
        }

        /// A machine with nothing but the configuration and the key file.
        func emptyMachine(withKey: Bool = true) throws -> Installation {
            let folder = try TemporaryFolder()
            if withKey {
                try FileManager.default.copyItem(
                    atPath: installation.configuration.keyFile, toPath: folder.file("puente.key"))
            }
            return try Installation(folder)
        }
    }

    @Test func `a backup needs no key, for the key is not in it`() async throws {
        let installation = try Installation()
        try await installation.run { _, _ in }
        try FileManager.default.removeItem(atPath: installation.configuration.keyFile)
        let terminal = RecordedTerminal()

        let status = await terminal.run(
            ["backup", installation.folder.file("backups"), "--config", installation.folder.file("puente.yaml")])

        #expect(status == 0, "\(terminal.errors)")
        #expect(terminal.output.contains { $0.contains("The key file") })
    }

    @Test func `a backup made while the server runs holds rows, media and their hashes`() async throws {
        let backup = try await BackedUp.make()

        let manifest = try BackupManifest.read(from: backup.folder)
        let list = try String(contentsOfFile: "\(backup.folder)/media.sha256", encoding: .utf8)

        #expect(manifest.database.rows["message"] == 3)
        #expect(manifest.database.schema == Migrator.newestSchema)
        #expect(manifest.media.files == 2)
        #expect(manifest.media.missing == 0)
        #expect(manifest.media.bytes == "a photo".utf8.count + "a voice note".utf8.count)
        let expected = backup.media.sorted().map { "\($0.split(separator: "/")[1])  media/\($0)\n" }.joined()
        #expect(list == expected)
        #expect(!FileManager.default.fileExists(atPath: "\(backup.folder)/puente.key"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: backup.folder).sorted() == [
                "manifest.json", "media", "media.sha256", "puente.db",
            ])
        let check = RecordedTerminal()
        #expect(await check.run(["check", "backup", backup.folder]) == 0)
    }

    @Test func `a restored installation is held, and what was due is uncertain`() async throws {
        let backup = try await BackedUp.make()
        let machine = try backup.emptyMachine()
        let terminal = RecordedTerminal()

        let status = await terminal.run(
            ["restore", backup.folder, "--config", machine.folder.file("puente.yaml")])

        #expect(status == 0, "\(terminal.errors)")
        #expect(terminal.errors.isEmpty)
        #expect(
            terminal.output.contains(
                "It is held: nothing leaves for customers. 2 messages that had not left may have been sent since."))
        #expect(try await machine.value("SELECT value FROM installation WHERE name = 'held'") == "1")
        #expect(try await machine.value("SELECT value FROM installation WHERE name = 'held_since'") != nil)
        let moment = try BackupManifest.read(from: backup.folder).moment
        #expect(
            try await machine.value("SELECT value FROM installation WHERE name = 'held_backup_at'")
                == "\(moment.milliseconds)")
        #expect(
            try await machine.value("SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state = 'uncertain'")
                == "2")
        #expect(try await machine.value("SELECT COUNT(*) FROM message WHERE status = 'uncertain'") == "2")
        #expect(try await machine.value("SELECT COUNT(*) FROM message WHERE status = 'accepted'") == "1")
        #expect(
            try await machine.value(
                "SELECT COUNT(*) FROM alarm WHERE kind = 'installation_held' AND cleared_at IS NULL")
                == "1")
        for file in backup.media {
            #expect(FileManager.default.fileExists(atPath: "\(machine.configuration.mediaFolder)/\(file)"))
        }
    }

    @Test func `nothing leaves a held installation until a person releases it`() async throws {
        let backup = try await BackedUp.make()
        let machine = try backup.emptyMachine()
        _ = await RecordedTerminal().run(["restore", backup.folder, "--config", machine.folder.file("puente.yaml")])

        try await machine.run { open, workspace async throws in
            let hold = RestoreHold(open.store.database, ids: open.store.ids)
            #expect(try await open.store.navigation(in: workspace).isHeld)

            #expect(try await hold.release(now: Installation.now))

            #expect(try await !open.store.navigation(in: workspace).isHeld)
            #expect(try await open.store.navigation(in: workspace).alarms.isEmpty)
            #expect(try await !hold.release(now: Installation.now))
        }
    }

    @Test func `restoring overwrites nothing`() async throws {
        let backup = try await BackedUp.make()
        let terminal = RecordedTerminal()
        let file = backup.installation.folder.file("puente.db")

        let status = await terminal.run(
            ["restore", backup.folder, "--config", backup.installation.folder.file("puente.yaml")])

        #expect(status == 1)
        #expect(terminal.errors == ["\(file) exists and is not overwritten: move it away first."])
        #expect(try await backup.installation.value("SELECT COUNT(*) FROM installation WHERE name = 'held'") == "0")
    }

    @Test func `a restore without the key file says what is missing`() async throws {
        let backup = try await BackedUp.make()
        let machine = try backup.emptyMachine(withKey: false)
        let terminal = RecordedTerminal()

        let status = await terminal.run(["restore", backup.folder, "--config", machine.folder.file("puente.yaml")])

        #expect(status == 0)
        #expect(terminal.errors.count == 1)
        #expect(terminal.errors.first?.contains("\(machine.configuration.keyFile) does not exist") == true)
        #expect(!FileManager.default.fileExists(atPath: machine.configuration.keyFile))
    }

    @Test(arguments: ["puente.db", "media.sha256"])
    func `a damaged backup is found, and not restored`(file: String) async throws {
        let backup = try await BackedUp.make()
        let handle = try #require(FileHandle(forUpdatingAtPath: "\(backup.folder)/\(file)"))
        try handle.seek(toOffset: 40)
        try handle.write(contentsOf: Data([0x58, 0x59, 0x5a]))
        try handle.close()
        let check = RecordedTerminal()

        #expect(await check.run(["check", "backup", backup.folder]) == 1)

        #expect(check.errors == ["\(backup.folder)/\(file) is damaged: its content is not what the manifest says."])
        if file == "puente.db" {
            let machine = try backup.emptyMachine()
            let restore = RecordedTerminal()
            #expect(await restore.run(["restore", backup.folder, "--config", machine.folder.file("puente.yaml")]) == 1)
            #expect(!FileManager.default.fileExists(atPath: machine.folder.file("puente.db")))
            #expect(!FileManager.default.fileExists(atPath: machine.folder.file("puente.db.restoring")))
        }
    }

    @Test func `a media file that is not what its name says is not restored`() async throws {
        let backup = try await BackedUp.make()
        let damaged = "\(backup.folder)/media/\(backup.media[0])"
        // The backup may share the file with the installation: a copy takes its place first.
        try FileManager.default.removeItem(atPath: damaged)
        try Data("another photo".utf8).write(to: URL(fileURLWithPath: damaged))
        let machine = try backup.emptyMachine()
        let terminal = RecordedTerminal()

        let status = await terminal.run(["restore", backup.folder, "--config", machine.folder.file("puente.yaml")])

        #expect(status == 1)
        #expect(
            terminal.errors == ["The media file \(damaged) is damaged: its content is not what its name says."])
        #expect(!FileManager.default.fileExists(atPath: machine.folder.file("puente.db")))
    }

    @Test func `files that the database names and nobody has are counted`() async throws {
        let backup = try await BackedUp.make()
        let machine = backup.installation
        try FileManager.default.removeItem(atPath: "\(machine.configuration.mediaFolder)/\(backup.media[0])")
        let terminal = RecordedTerminal()

        let status = await terminal.run(
            ["backup", machine.folder.file("others"), "--config", machine.folder.file("puente.yaml")])

        #expect(status == 0)
        #expect(
            terminal.errors == ["1 files that the database names are not in \(machine.configuration.mediaFolder)."])
    }

    @Test func `what a killed backup left behind goes with the next one`() async throws {
        let backup = try await BackedUp.make()
        let machine = backup.installation
        let left = machine.folder.file("others/.puente-20200101T000000Z.partial/puente.db")
        try machine.folder.write("others/.puente-20200101T000000Z.partial/puente.db", "half")

        _ = await RecordedTerminal().run(
            ["backup", machine.folder.file("others"), "--config", machine.folder.file("puente.yaml")])

        #expect(!FileManager.default.fileExists(atPath: left))
    }

    @Test func `with PostgreSQL the exact commands are named, without the password`() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write(
            "puente.yaml",
            SampleConfiguration.minimal + "\ndatabase: { url: \"postgresql://puente:hunter2@db.example.com/puente\" }")
        let (backup, restore) = (RecordedTerminal(), RecordedTerminal())

        #expect(await backup.run(["backup", "/backups", "--config", config]) == 2)
        #expect(await restore.run(["restore", "/backups", "--config", config]) == 2)

        let said = backup.errors.joined() + restore.errors.joined()
        #expect(
            said.contains(
                "pg_dump --format=custom --file='/backups/puente.dump' 'postgresql://puente@db.example.com/puente'"))
        #expect(said.contains("pg_restore --exit-on-error --single-transaction"))
        #expect(said.contains("puente restore --hold"))
        #expect(!said.contains("hunter2"))
    }
}
