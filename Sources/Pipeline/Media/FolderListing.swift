import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The files of one workspace in the media folder, named piece by piece: there may be millions.
actor FolderListing {
    private nonisolated let thread: WorkThread
    private let folder: MediaFolder
    private let workspace: WorkspaceID
    private var names: DirectoryNames?
    private var hasBegun = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameter thread: may wait for the disk.
    init(_ folder: MediaFolder, in workspace: WorkspaceID, thread: WorkThread) {
        self.folder = folder
        self.workspace = workspace
        self.thread = thread
    }

    /// The next finished files that were written before a time, so many at most; none at the end.
    func next(_ count: Int, writtenBefore time: Timestamp) throws -> [String] {
        if !hasBegun {
            names = DirectoryNames("\(folder.path)/\(workspace)")
            hasBegun = true
        }
        var found: [String] = []
        while found.count < count, let name = names?.next() {
            guard Self.isFile(name), let written = try folder.writtenAt(name, in: workspace), written < time
            else { continue }
            found.append(name)
        }
        return found
    }

    /// Whether we gave the name.
    private static func isFile(_ name: String) -> Bool {
        name.utf8.count == 64 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// The names in a folder, in no order.
private final class DirectoryNames {
    #if canImport(Glibc)
        private let stream: OpaquePointer
    #else
        private let stream: UnsafeMutablePointer<DIR>
    #endif

    /// Nil when there is no such folder.
    init?(_ path: String) {
        guard let stream = opendir(path) else { return nil }
        self.stream = stream
    }

    deinit {
        closedir(stream)
    }

    func next() -> String? {
        guard let entry = readdir(stream), let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
        // Read where it stands: a copy of the whole entry would reach beyond a short one.
        return String(cString: (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self))
    }
}
