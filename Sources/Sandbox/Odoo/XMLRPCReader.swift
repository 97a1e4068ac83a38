/// Reads the call of an XML-RPC client. Source: the XML-RPC specification; `nil` as an extension, which Odoo's `/2`
/// takes.
struct XMLRPCReader {
    struct Request {
        let method: String
        let parameters: [JSON]
    }

    private enum Token: Equatable {
        case open(Substring)
        case close(Substring)
        case text(String)
    }

    private static let maxDepth = 64

    private var tokens: [Token]
    private var position = 0

    /// Nil for what is no call.
    static func read(_ xml: String) -> Request? {
        guard let tokens = tokens(of: xml[...]) else { return nil }
        var reader = XMLRPCReader(tokens: tokens)
        guard reader.take(.open("methodCall")), reader.take(.open("methodName")), let name = reader.takeText(),
            reader.take(.close("methodName"))
        else { return nil }
        var parameters: [JSON] = []
        if reader.take(.open("params")) {
            while reader.take(.open("param")) {
                guard let value = reader.value(depth: 0), reader.take(.close("param")) else { return nil }
                parameters.append(value)
            }
        }
        return Request(method: name, parameters: parameters)
    }

    // MARK: - Values

    private mutating func value(depth: Int) -> JSON? {
        guard depth < Self.maxDepth, take(.open("value")) else { return nil }
        if take(.close("value")) { return "" }
        if case .text(let text)? = peek {
            position += 1
            return take(.close("value")) ? JSON(text) : nil
        }
        guard case .open(let kind)? = peek else { return nil }
        position += 1
        guard let value = content(kind, depth: depth), take(.close(kind)), take(.close("value")) else { return nil }
        return value
    }

    private mutating func content(_ kind: Substring, depth: Int) -> JSON? {
        switch kind {
        case "array": return array(depth: depth)
        case "struct": return members(depth: depth)
        case "nil": return .null
        default: break
        }
        let text = takeText() ?? ""
        switch kind {
        case "int", "i4", "i8": return Int64(text).map { JSON($0) }
        case "boolean": return JSON(text == "1")
        case "double": return Double(text).map { JSON($0) }
        case "string", "dateTime.iso8601", "base64": return JSON(text)
        default: return nil
        }
    }

    private mutating func array(depth: Int) -> JSON? {
        guard take(.open("data")) else { return nil }
        var items: [JSON] = []
        while !take(.close("data")) {
            guard let item = value(depth: depth + 1) else { return nil }
            items.append(item)
        }
        return .array(items)
    }

    private mutating func members(depth: Int) -> JSON? {
        var object = JSONObject()
        while take(.open("member")) {
            guard take(.open("name")), let name = takeText(), take(.close("name")), let value = value(depth: depth + 1),
                take(.close("member"))
            else { return nil }
            object.append(name, value)
        }
        return .object(object)
    }

    // MARK: - Tokens

    private var peek: Token? { position < tokens.count ? tokens[position] : nil }

    private mutating func take(_ token: Token) -> Bool {
        guard peek == token else { return false }
        position += 1
        return true
    }

    private mutating func takeText() -> String? {
        guard case .text(let text)? = peek else { return nil }
        position += 1
        return text
    }

    /// Space between tags goes; inside `string` and `name` it stays.
    private static func tokens(of xml: Substring) -> [Token]? {
        var (rest, tokens): (Substring, [Token]) = (xml, [])
        while let start = rest.firstIndex(of: "<") {
            let text = rest[..<start]
            if !text.allSatisfy(\.isWhitespace) || isInside(tokens.last) && !text.isEmpty {
                tokens.append(.text(unescaped(text)))
            }
            guard let end = rest[start...].firstIndex(of: ">") else { return nil }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") || tag.hasPrefix("!") { continue }
            if tag.hasPrefix("/") {
                tokens.append(.close(tag.dropFirst()))
            } else if tag.hasSuffix("/") {
                let name = tag.dropLast().prefix { !$0.isWhitespace }
                tokens += [.open(name), .close(name)]
            } else {
                tokens.append(.open(tag.prefix { !$0.isWhitespace }))
            }
        }
        return tokens
    }

    private static func isInside(_ token: Token?) -> Bool { token == .open("string") || token == .open("name") }

    private static func unescaped(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        var (rest, result) = (text, "")
        while let start = rest.firstIndex(of: "&"), let end = rest[start...].firstIndex(of: ";") {
            result += rest[..<start]
            let name = rest[rest.index(after: start)..<end]
            switch name {
            case "lt": result += "<"
            case "gt": result += ">"
            case "amp": result += "&"
            case "quot": result += "\""
            case "apos": result += "'"
            default: if let scalar = scalar(name) { result.unicodeScalars.append(scalar) }
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func scalar(_ name: Substring) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init)
    }
}
