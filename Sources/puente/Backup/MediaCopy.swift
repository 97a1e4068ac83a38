import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Copies a media folder (`{workspace}/{sha256}`) file by file. Files never change once they have their name.
struct MediaCopy {
    enum Manner: Sendable {
        /// A second name for the same file where both lie on one file system; a copy elsewhere.
        case linkedIfPossible
        case copied
    }

    struct Item: Equatable, Sendable {
        /// `{workspace}/{sha256}`.
        let path: String
        let sha256: String
        let bytes: Int
    }

    let source: String
    let destination: String
    let manner: Manner

    /// - Returns: everything that lies in the destination now, in order.
    /// - Throws: also when a file is not what its name says: a damaged copy is no copy.
    func run() throws -> [Item] {
        var items: [Item] = []
        for workspace in try Folders.entries(of: source) where Folders.kind(of: "\(source)/\(workspace)") == S_IFDIR {
            try Folders.make("\(destination)/\(workspace)")
            for file in try Folders.entries(of: "\(source)/\(workspace)") {
                let path = "\(workspace)/\(file)"
                guard Folders.kind(of: "\(source)/\(path)") == S_IFREG else { continue }
                let digest = try take(path, name: file)
                items.append(Item(path: path, sha256: digest, bytes: Folders.size(of: "\(destination)/\(path)")))
            }
            try Folders.sync("\(destination)/\(workspace)")
        }
        return items
    }

    private func take(_ path: String, name: String) throws -> String {
        let (from, to) = ("\(source)/\(path)", "\(destination)/\(path)")
        // The same name is the same content.
        if Folders.exists(to) { return FileDigest.isDigest(name) ? name : try FileDigest.sha256(of: to) }
        if manner == .linkedIfPossible, link(from, to) == 0 {
            return FileDigest.isDigest(name) ? name : try FileDigest.sha256(of: to)
        }
        let draft = "\(destination)/.\(name.prefix(64)).part"
        Folders.removeDraft(draft)
        let digest = try FileDigest.copy(from, to: draft)
        guard digest == name || !FileDigest.isDigest(name) else {
            Folders.removeDraft(draft)
            throw CommandFailure(
                en: "The media file \(from) is damaged: its content is not what its name says.",
                es: "El archivo \(from) está dañado: su contenido no es el que dice su nombre.")
        }
        try Folders.move(draft, to: to)
        return digest
    }
}
