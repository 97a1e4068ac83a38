import Domain

/// The headers of one part of a form.
struct MultipartHeaders {
    let part: MultipartParser.Part

    init(_ text: String) throws {
        var disposition: Substring?
        var contentType: String?
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw PuenteError.unreadableForm }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": contentType = Self.mimeType(value)
            default: break
            }
        }
        guard let disposition, disposition.lowercased().hasPrefix("form-data"),
            let name = Self.parameter("name", of: disposition)
        else { throw PuenteError.unreadableForm }
        part = MultipartParser.Part(
            name: name, filename: Self.parameter("filename", of: disposition).map(Self.bareName),
            contentType: contentType)
    }

    /// Browsers quote the value and write a quote in it as `%22`.
    private static func parameter(_ name: String, of text: Substring) -> String? {
        guard let start = text.firstRange(of: "; \(name)=\"") else { return nil }
        let value = String(text[start.upperBound...].prefix { $0 != "\"" })
        return value.replacing("%22", with: "\"").replacing("%0D", with: " ").replacing("%0A", with: " ")
    }

    /// The last part of a path, without what cannot stand in a header or on a screen.
    private static func bareName(_ text: String) -> String {
        let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let clean = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f && !isDirectional($0) }
        return String(String(String.UnicodeScalarView(clean)).prefix(200))
    }

    /// Marks that turn the reading direction make `gpj.exe` look like `exe.jpg`.
    private static func isDirectional(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    private static func mimeType(_ value: Substring) -> String? {
        let type = value.prefix { $0 != ";" && $0 != " " }.lowercased()
        let isType = type.utf8.count <= 127 && type.split(separator: "/").count == 2
        return isType && type.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } ? type : nil
    }
}
