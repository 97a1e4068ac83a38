internal import Domain

/// Which part of a workbook refers to which: `_rels/….rels`.
final class Relationships: XMLHandler {
    struct Target {
        /// The last word of its type, such as `worksheet`: the transitional and the strict schema differ before it.
        let kind: String
        /// From the archive's root, without a slash at the beginning.
        let path: String
    }

    private(set) var byID: [String: Target] = [:]
    private let folder: String

    /// The relationships of a part; none when it has no such file.
    init(of part: String, in directory: ZipDirectory, _ source: ByteSource, _ limits: FileLimits) throws(PuenteError) {
        let slash = part.lastIndex(of: "/")
        folder = slash.map { String(part[...$0]) } ?? ""
        let file = slash.map { String(part[part.index(after: $0)...]) } ?? part
        guard let entry = directory.entry("\(folder)_rels/\(file).rels") else { return }
        try XMLScanner(ZipPart(entry, in: source, limits: limits.small), self).finish()
    }

    func first(_ kind: String) -> String? {
        byID.values.first { $0.kind == kind }?.path
    }

    func begin(_ element: XMLName, _ attributes: XMLAttributes) throws(PuenteError) {
        guard element.matches("Relationship"), let id = attributes.string("Id"), let type = attributes.string("Type"),
            let target = attributes.string("Target")
        else { return }
        let kind = type.split(separator: "/").last.map { String($0) } ?? ""
        byID[id] = Target(kind: kind, path: resolved(target))
    }

    func end(_ element: XMLName) throws(PuenteError) {}
    func text(_ utf8: UnsafeRawBufferPointer) throws(PuenteError) {}

    private func resolved(_ target: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var steps = folder.split(separator: "/")
        for step in target.split(separator: "/") {
            if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}

extension FileLimits {
    /// For the parts that only describe the workbook.
    var small: FileLimits {
        var limits = self
        limits.partBytes = min(partBytes, 16_000_000)
        return limits
    }
}
