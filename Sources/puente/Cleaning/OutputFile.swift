import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file that appears whole under its name, or not at all: written beside it under a hidden name, readable
/// by its owner alone.
final class OutputFile {
    let path: String
    /// Open for writing until it is published.
    let descriptor: Int32
    private let draft: String
    private let mayReplace: Bool
    private var isOpen = true

    /// - Parameters:
    ///   - mayReplace: whether a file that has the name goes.
    ///   - source: the file that is read, which is never replaced.
    /// - Throws: `CommandFailure` when the name is taken, `FileFailure` when the folder does not take files.
    init(_ path: String, mayReplace: Bool, source: String) throws {
        self.path = path
        self.mayReplace = mayReplace
        try Self.check(path, mayReplace: mayReplace, source: source)
        let folder = URL(filePath: path).deletingLastPathComponent().path
        draft = "\(folder)/.puente-\(UUID().uuidString)"
        descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(path) }
    }

    deinit {
        guard isOpen else { return }
        close(descriptor)
        unlink(draft)
    }

    func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Everything that was written is on the disk when this returns.
    func sync() throws {
        guard fsync(descriptor) == 0 else { throw FileFailure(path) }
    }

    /// Gives the file its name.
    func publish() throws {
        if mayReplace {
            try Folders.move(draft, to: path)
        } else {
            try take(name: path)
        }
        isOpen = false
        close(descriptor)
    }

    /// For a file that was published, when another one cannot be.
    func takeBack() {
        unlink(path)
    }

    /// A link, unlike a change of name, replaces nothing that came in the meantime.
    private func take(name: String) throws {
        if link(draft, name) == 0 {
            unlink(draft)
            return
        }
        if errno == EEXIST { throw Self.taken(path) }
        // Not every file system has links (FAT).
        guard FileStatus(name, followsLinks: false) == nil else { throw Self.taken(path) }
        try Folders.move(draft, to: name)
    }

    private static func check(_ path: String, mayReplace: Bool, source: String) throws {
        guard let status = FileStatus(path) else { return }
        if status.identity == FileStatus(source)?.identity {
            throw CommandFailure(
                status: CommandEnding.wrongUse, en: "\(path) is the file that is read: choose another name.",
                es: "\(path) es el archivo que se lee: elija otro nombre.")
        }
        guard status.kind == S_IFREG else {
            throw CommandFailure(
                status: CommandEnding.wrongUse, en: "\(path) is no ordinary file: choose another name.",
                es: "\(path) no es un archivo normal: elija otro nombre.")
        }
        if !mayReplace { throw taken(path) }
    }

    private static func taken(_ path: String) -> CommandFailure {
        CommandFailure(
            status: CommandEnding.wrongUse,
            en: "\(path) is there already: choose another name, or replace it with --force.",
            es: "\(path) ya existe: elija otro nombre o reemplácelo con --force.")
    }
}
