/// One file that browsers fetch: a style sheet, a script, a font, an icon.
package struct AssetFile: Sendable {
    /// Below the assets folder, for example `css/app.css`.
    package let path: String
    package let contentType: String
    package let bytes: [UInt8]
    /// The address with the content's fingerprint in it, for example `/assets/css/app.0f3a….css`.
    /// What it answers never changes, so it may be cached for ever.
    package let url: String
    /// For `ETag`, quotes included.
    package let etag: String

    init(path: String, bytes: [UInt8]) {
        let fingerprint = ContentFingerprint(bytes).text
        self.path = path
        self.bytes = bytes
        self.contentType = Self.contentType(of: path)
        self.url = "/assets/" + Self.name(path, with: fingerprint)
        self.etag = "\"\(fingerprint)\""
    }

    private static func name(_ path: String, with fingerprint: String) -> String {
        guard let dot = path.lastIndex(of: ".") else { return path + "." + fingerprint }
        return path[..<dot] + "." + fingerprint + path[dot...]
    }

    private static func contentType(of path: String) -> String {
        switch path.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "woff2": "font/woff2"
        case "png": "image/png"
        case "txt", "md": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}

/// FNV-1a over the bytes: tells versions of our own files apart. Not for anything that an adversary writes.
struct ContentFingerprint {
    let text: String

    init(_ bytes: [UInt8]) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        text = String(repeating: "0", count: 16 - digits.count) + digits
    }
}
