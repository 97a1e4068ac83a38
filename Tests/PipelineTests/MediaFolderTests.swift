import Domain
import Foundation
import Testing

@testable import Pipeline

@Suite struct MediaFolderTests {
    private func withFile(_ body: (MediaFolder, _ name: String, WorkspaceID, Timestamp) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "puente-media-\(UUID().uuidString)").path()
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = MediaFolder(path: path)
        let workspace = WorkspaceID(rawValue: 7)
        let writer = try folder.makeFile(in: workspace)
        try Array("hola".utf8).withUnsafeBytes { try writer.append($0) }
        let name = try writer.seal().name
        try body(folder, name, workspace, Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
    }

    @Test func `a file is removed an hour after it was written, and not before`() throws {
        try withFile { folder, name, workspace, now throws in
            #expect(try !folder.remove(name, in: workspace, now: now))
            #expect(try folder.size(of: name, in: workspace) == 4)

            #expect(try folder.remove(name, in: workspace, now: now + .hours(2)))
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(workspace)").isEmpty)
        }
    }

    @Test func `a file that is not there is gone already`() throws {
        try withFile { folder, _, workspace, now throws in
            #expect(try folder.remove(String(repeating: "0", count: 64), in: workspace, now: now))
        }
    }

    @Test func `what a killed program had begun to write goes after a while`() throws {
        try withFile { folder, name, workspace, now throws in
            let writer = try folder.makeFile(in: workspace)
            let drafts = "\(folder.path)/.drafts"
            #expect(try FileManager.default.contentsOfDirectory(atPath: drafts).count == 1)

            #expect(try folder.removeDrafts(olderThan: .hours(1), now: now) == 0)
            #expect(try folder.removeDrafts(olderThan: .hours(1), now: now + .hours(2)) == 1)

            #expect(try FileManager.default.contentsOfDirectory(atPath: drafts).isEmpty)
            #expect(try folder.size(of: name, in: workspace) == 4)
            writer.discard()
        }
    }
}
