/// Names of files that strangers chose, made safe for every system that may unpack an archive.
package enum ZipName {
    private static let longest = 80
    /// Names that Windows keeps for devices, whatever follows behind a dot.
    private static let devices: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

    /// Letters, digits and a few signs; no folders, no leading or trailing dots or blanks; at most 80 bytes, with the
    /// extension kept. Empty for a name of which nothing is left.
    package static func safe(_ name: String) -> String {
        let kept = name.unicodeScalars.map { isSafe($0) ? Character($0) : "_" }
        let trimmed = String(kept).withoutEdges
        guard !trimmed.isEmpty, trimmed.contains(where: { $0.isLetter || $0.isNumber }) else { return "" }
        let stem = trimmed.prefix { $0 != "." }.lowercased()
        return shortened(devices.contains(stem) ? "_" + trimmed : trimmed)
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || " -_.()".unicodeScalars.contains(scalar)
    }

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > longest else { return name }
        let dot = name.lastIndex(of: ".")
        let ending = dot.map { String(name[$0...]) } ?? ""
        let kept = ending.utf8.count <= 12 ? ending : ""
        var stem = kept.isEmpty ? name[...] : name[..<(dot ?? name.endIndex)]
        while stem.utf8.count + kept.utf8.count > longest { stem = stem.dropLast() }
        return (String(stem) + kept).withoutEdges
    }
}

extension String {
    fileprivate var withoutEdges: String {
        let isEdge = { (character: Character) in character == "." || character == " " }
        return String(drop(while: isEdge).reversed().drop(while: isEdge).reversed())
    }
}
