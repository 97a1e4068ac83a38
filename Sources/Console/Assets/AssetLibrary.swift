import Domain
import Foundation

/// Everything under `/assets/`, read into memory once: a request never touches the disk or a path that a person typed.
package struct AssetLibrary: Sendable {
    /// In this order, since style sheets name fonts and icons.
    private static let folders = ["fonts", "icons", "js/vendor", "licenses"]
    /// Each folder's files, by name, are one file for the browser.
    private static let bundles = ["css/app": "css/app.css", "js/app": "js/app.js"]

    private let byURL: [String: AssetFile]
    private let byPath: [String: AssetFile]

    /// Reads the public folders below `folder`.
    package init(folder: String) throws {
        var byPath: [String: AssetFile] = [:]
        for name in Self.folders {
            for path in try Self.files(below: name, of: folder) {
                byPath[path] = AssetFile(path: path, bytes: try Self.read(path, of: folder))
            }
        }
        for (name, path) in Self.bundles {
            let parts = try Self.files(below: name, of: folder).map { try Self.read($0, of: folder) }
            let bytes = Array(parts.joined(separator: [UInt8(ascii: "\n")]))
            byPath[path] = AssetFile(path: path, bytes: Self.linked(bytes, to: byPath))
        }
        self.byPath = byPath
        self.byURL = Dictionary(byPath.values.map { ($0.url, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The file behind a request path, and whether the address carries its fingerprint (then it may be cached for ever).
    package func file(at url: String) -> (file: AssetFile, isImmutable: Bool)? {
        if let file = byURL[url] { return (file, true) }
        guard url.hasPrefix("/assets/"), let file = byPath[String(url.dropFirst("/assets/".count))] else { return nil }
        return (file, false)
    }

    /// All of them, by path.
    package var files: [AssetFile] {
        byPath.values.sorted { $0.path < $1.path }
    }

    /// The address to write into a page; the plain one when there is no such file, so that the gap shows in the log.
    package func url(of path: String) -> String {
        byPath[path]?.url ?? "/assets/" + path
    }

    private static func files(below name: String, of folder: String) throws -> [String] {
        let found = try FileManager.default.subpathsOfDirectory(atPath: folder + "/" + name)
        return found.sorted().map { name + "/" + $0 }.filter { path in
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isDirectory)
            return exists && !isDirectory.boolValue
        }
    }

    private static func read(_ path: String, of folder: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    }

    /// `"/assets/fonts/…"` in a style sheet becomes the address with the fingerprint.
    private static func linked(_ css: [UInt8], to files: [String: AssetFile]) -> [UInt8] {
        let mark = "\"/assets/"
        var rest = String(decoding: css, as: UTF8.self)[...]
        var result = ""
        while let found = rest.firstRange(of: mark) {
            let path = rest[found.upperBound...].prefix { $0 != "\"" }
            result += rest[..<found.lowerBound]
            result += files[String(path)].map { "\"" + $0.url } ?? mark + path
            rest = rest[path.endIndex...]
        }
        return Array((result + rest).utf8)
    }
}
