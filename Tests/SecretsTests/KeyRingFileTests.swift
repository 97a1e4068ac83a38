import Domain
import Foundation
import Secrets
import Testing

@Suite struct KeyRingFileTests {
    @Test func `a file is made once, for its owner alone, and read again`() throws {
        try withFolder { folder in
            let file = KeyRingFile(path: folder + "/puente.key")

            let made = try file.make()

            #expect(try mode(of: file.path) == 0o600)
            let vault = Vault(made)
            let sealed = try vault.seal("token", for: .sample)
            #expect(try Vault(file.read()).openText(sealed, for: .sample) == "token")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["puente.key"])
        }
    }

    @Test func `a file that is there is never overwritten`() throws {
        try withFolder { folder in
            let file = KeyRingFile(path: folder + "/puente.key")
            _ = try file.make()
            let before = try String(contentsOfFile: file.path, encoding: .utf8)

            let error = #expect(throws: PuenteError.self) { try file.make() }

            #expect(error?.detail == "key_ring_exists")
            #expect(try String(contentsOfFile: file.path, encoding: .utf8) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["puente.key"])
        }
    }

    @Test func `of many who make it at once one succeeds`() async throws {
        try await withFolder { folder in
            let file = KeyRingFile(path: folder + "/puente.key")

            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 {
                    group.addTask { (try? file.make()) != nil }  // Being refused is the answer counted here.
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }

            #expect(made == 1)
            let ring = try file.read()
            #expect(ring.current.id == "k1")
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o666, 0o610])
    func `a file that others can reach is refused with the remedy`(mode: Int) throws {
        try withFolder { folder in
            let file = KeyRingFile(path: folder + "/puente.key")
            _ = try file.make()
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)

            let error = #expect(throws: PuenteError.self) { try file.read() }

            #expect(error?.detail == "key_ring_exposed")
            #expect(error?.message.en.hasSuffix("Run: chmod 600 \(file.path)") == true)
        }
    }

    @Test func `a missing file is told apart from a damaged or strange one`() throws {
        try withFolder { folder in
            #expect(detail { try KeyRingFile(path: folder + "/none.key").read() } == "key_ring_missing")
            #expect(detail { try KeyRingFile(path: folder).read() } == "key_ring_unusable")
            let file = KeyRingFile(path: folder + "/puente.key")
            let bytes = Data([0xFF, 0xFE])
            #expect(
                FileManager.default.createFile(
                    atPath: file.path, contents: bytes, attributes: [.posixPermissions: 0o600]))
            #expect(detail { try file.read() } == "key_ring_damaged")
            let large = KeyRingFile(path: folder + "/large.key")
            let zeros = Data(repeating: 35, count: 70_000)
            #expect(
                FileManager.default.createFile(
                    atPath: large.path, contents: zeros, attributes: [.posixPermissions: 0o600]))
            #expect(detail { try large.read() } == "key_ring_unusable")
        }
    }

    @Test func `a rotated file still opens what was sealed before`() throws {
        try withFolder { folder in
            let file = KeyRingFile(path: folder + "/puente.key")
            let sealed = try Vault(file.make()).seal("token", for: .sample)

            let rotated = try file.rotate()

            #expect(rotated.current.id == "k2")
            #expect(try mode(of: file.path) == 0o600)
            let vault = Vault(try file.read())
            #expect(try vault.openText(sealed, for: .sample) == "token")
            #expect(vault.isStale(sealed))
            #expect(try !vault.isStale(vault.seal("token", for: .sample)))
        }
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func detail(_ body: () throws -> KeyRing) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? PuenteError)?.detail
        }
    }
}

extension SealContext {
    static let sample = SealContext(table: "credential", column: "token", row: 42, workspace: 7)
}

/// A temporary folder that goes when the body is done.
func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try makeFolder()
    defer { removeFolder(folder) }
    try body(folder)
}

func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = try makeFolder()
    defer { removeFolder(folder) }
    try await body(folder)
}

private func makeFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "puente-secrets-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
}

private func removeFolder(_ folder: String) {
    try? FileManager.default.removeItem(atPath: folder)  // What is left in the temporary folder harms nobody.
}
