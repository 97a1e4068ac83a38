import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A backup that is being made: a hidden folder, renamed when it is complete. Held by a lock, so that what a killed run
/// left behind can be told from a run under way.
final class BackupDraft {
    let path: String
    private let folder: String
    private let name: String
    private let descriptor: Int32

    init(in folder: String, at moment: Timestamp) throws {
        self.folder = folder
        self.name = "puente-\(moment.text.filter { $0 != "-" && $0 != ":" })"
        self.path = "\(folder)/.\(name).partial"
        guard !Folders.exists("\(folder)/\(name)"), mkdir(path, 0o700) == 0 else {
            throw CommandFailure(
                en: "There is a backup \(name) in \(folder) already: try again in a second.",
                es: "Ya hay una copia \(name) en \(folder): inténtelo en un segundo.")
        }
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw FileFailure(path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// - Returns: the folder under its final name.
    func finish() throws -> String {
        try Folders.sync(path)
        let final = "\(folder)/\(name)"
        try Folders.move(path, to: final)
        try Folders.sync(folder)
        return final
    }

    func discard() {
        Folders.removeDraft(path)
    }

    /// Removes drafts of runs that were killed.
    static func removeAbandoned(in folder: String) throws {
        for entry in try FileManager.default.contentsOfDirectory(atPath: folder)
        where entry.hasPrefix(".puente-") && entry.hasSuffix(".partial") {
            let path = "\(folder)/\(entry)"
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { Folders.removeDraft(path) }
            close(descriptor)
        }
    }
}
