/// Which files WhatsApp carries, and how large. Source: Cloud API, "Media", Graph API v25.0.
enum MediaKinds {
    /// The most bytes a file of this type may have; nil when the type is not carried.
    static func limit(of mimeType: String) -> Int? {
        limits[bare(mimeType)]
    }

    /// The message kind a type belongs to.
    static func kind(of mimeType: String) -> String {
        let bare = bare(mimeType)
        if bare == "image/webp" { return "sticker" }
        for kind in ["image", "video", "audio"] where bare.hasPrefix(kind + "/") { return kind }
        return "document"
    }

    static var known: [String] { limits.keys.sorted() }

    private static func bare(_ mimeType: String) -> String {
        String(mimeType.prefix { $0 != ";" }).lowercased().filter { !$0.isWhitespace }
    }

    private static let limits: [String: Int] = {
        var limits: [String: Int] = [:]
        for type in ["aac", "amr", "mpeg", "mp4", "ogg"] { limits["audio/\(type)"] = 16 << 20 }
        for type in ["jpeg", "png"] { limits["image/\(type)"] = 5 << 20 }
        for type in ["mp4", "3gpp"] { limits["video/\(type)"] = 16 << 20 }
        limits["image/webp"] = 500 << 10
        for type in [
            "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ] { limits[type] = 100 << 20 }
        return limits
    }()
}
