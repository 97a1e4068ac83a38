import Domain
import Foundation
import Secrets
import Store
import Testing

@testable import puente

@Suite struct StoreOpeningTests {
    @Test func `the first start makes database and key file, for their owner alone`() async throws {
        let installation = try Installation()

        let migration = try #require(try await installation.run { open, _ in open.migration })

        #expect(migration.before == 0)
        #expect(migration.after == Migrator.newestSchema)
        let attributes = try FileManager.default.attributesOfItem(atPath: installation.configuration.keyFile)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a missing key file is never replaced while the database holds ciphertext`() async throws {
        let installation = try Installation()
        try await installation.run { _, _ in }
        try FileManager.default.removeItem(atPath: installation.configuration.keyFile)

        let refusal = await #expect(throws: PuenteError.self) {
            try await installation.opening.open(as: LockHolder.server)
        }

        #expect(refusal?.detail == "key_ring_missing")
        #expect(refusal.flatMap { CommandEnding($0) }?.status == 2)
        #expect(!FileManager.default.fileExists(atPath: installation.configuration.keyFile))
    }

    @Test func `a different key file is refused with its remedy`() async throws {
        let installation = try Installation()
        try await installation.run { _, _ in }
        try FileManager.default.removeItem(atPath: installation.configuration.keyFile)
        _ = try KeyRingFile(path: installation.configuration.keyFile).make()

        let refusal = await #expect(throws: PuenteError.self) {
            try await installation.opening.open(as: LockHolder.server)
        }

        #expect(refusal?.detail == "key_different")
        #expect(refusal.flatMap { CommandEnding($0) }?.status == 2)
    }

    @Test func `a refused start leaves the lock free`() async throws {
        let installation = try Installation()
        try await installation.run { _, _ in }
        let key = try installation.folder.read("puente.key")
        try FileManager.default.removeItem(atPath: installation.configuration.keyFile)
        await #expect(throws: PuenteError.self) { try await installation.opening.open(as: LockHolder.server) }

        try installation.folder.write("puente.key", key)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: installation.configuration.keyFile)

        try await installation.run { _, _ in }
    }

    @Test func `reading goes on beside the server, writing is refused with one sentence`() async throws {
        let installation = try Installation()
        let config = installation.folder.file("puente.yaml")

        try await installation.run { _, _ async throws in
            let list = RecordedTerminal()
            #expect(await list.run(["api-key", "list", "--config", config]) == 0)
            #expect(list.output.count == 1)

            for command in [
                ["user", "add", "ana@example.com"], ["api-key", "create", "x", "--scopes", "read"], ["key", "rotate"],
            ] {
                let refused = RecordedTerminal()
                #expect(await refused.run(command + ["--config", config]) == 1)
                #expect(refused.errors.count == 1)
                #expect(refused.errors.first?.hasPrefix("The server (process ") == true)
            }
        }
    }

    @Test func `reading makes no database`() async throws {
        let installation = try Installation()
        let terminal = RecordedTerminal()

        let status = await terminal.run(["user", "list", "--config", installation.folder.file("puente.yaml")])

        #expect(status == 1)
        #expect(
            terminal.errors == [
                "There is no database at \(installation.folder.file("puente.db")) yet: \"puente serve\" makes it at its first start."
            ])
        #expect(!FileManager.default.fileExists(atPath: installation.folder.file("puente.db")))
    }

    @Test func `a database's folder that is not there is named with its key`() async throws {
        let installation = try Installation(
            nil, SampleConfiguration.minimal + "\ndatabase: { url: \"sqlite:data/puente.db\" }")

        let refusal = await #expect(throws: PuenteError.self) {
            try await installation.opening.open(as: LockHolder.server)
        }

        #expect(refusal?.code == .invalid)
        #expect(
            refusal?.message.en
                == "database.url names the folder \(installation.folder.file("data")), which does not exist: make it or name another."
        )
    }

    @Test func `a PostgreSQL that is away is named, without its password`() async throws {
        let installation = try Installation(
            nil,
            SampleConfiguration.minimal + "\ndatabase: { url: \"postgresql://puente:hunter2@127.0.0.1:1/puente\" }")

        let refusal = await #expect(throws: PuenteError.self) {
            try await installation.opening.open(as: LockHolder.server)
        }

        #expect(refusal?.detail == "database_unreachable")
        #expect(
            refusal?.message.en.hasPrefix("The database postgresql://puente@127.0.0.1:1/puente cannot be reached: ")
                == true)
        #expect(refusal?.message.en.contains("hunter2") == false)
    }
}
