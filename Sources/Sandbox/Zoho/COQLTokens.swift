import Foundation

/// The words of a query: names, signs, numbers and quoted texts, each with where it begins.
struct COQLTokens {
    enum Kind: Equatable {
        case word, text, number, sign
    }

    struct Token: Equatable {
        let kind: Kind
        let text: String
        /// Characters from 1.
        let column: Int

        func isWord(_ word: String) -> Bool { kind == .word && text.lowercased() == word }
    }

    private(set) var tokens: [Token] = []
    private var position = 0

    init(_ query: String) throws(ZohoError) {
        let characters = Array(query)
        var index = 0
        while index < characters.count {
            let character = characters[index]
            let start = index
            switch character {
            case _ where character.isWhitespace:
                index += 1
                continue
            case "'":
                tokens.append(Token(kind: .text, text: try Self.quoted(characters, &index), column: start + 1))
            case "(", ")", ",":
                index += 1
                tokens.append(Token(kind: .sign, text: String(character), column: start + 1))
            case "=", "!", "<", ">":
                while index < characters.count, "=!<>".contains(characters[index]) { index += 1 }
                tokens.append(Token(kind: .sign, text: String(characters[start..<index]), column: start + 1))
            case _ where character.isASCII && (character.isLetter || character.isNumber || "_$.-".contains(character)):
                while index < characters.count, Self.isWordPart(characters[index]) { index += 1 }
                let text = String(characters[start..<index])
                tokens.append(Token(kind: Int64(text) == nil ? .word : .number, text: text, column: start + 1))
            default: throw Self.syntax(near: String(character), column: start + 1)
            }
        }
    }

    var next: Token? { position < tokens.count ? tokens[position] : nil }

    mutating func take() throws(ZohoError) -> Token {
        guard let token = next else { throw Self.syntax(near: "", column: (tokens.last?.column ?? 0) + 1) }
        position += 1
        return token
    }

    /// Takes the token if it is this word or sign.
    mutating func take(if text: String) -> Bool {
        guard let token = next, token.isWord(text) || token.kind == .sign && token.text == text else { return false }
        position += 1
        return true
    }

    mutating func expect(_ text: String) throws(ZohoError) {
        guard take(if: text) else { throw unexpected }
    }

    var unexpected: ZohoError {
        Self.syntax(near: next?.text ?? "", column: next?.column ?? (tokens.last?.column ?? 0) + 1)
    }

    static func syntax(near: String, column: Int) -> ZohoError {
        ZohoError(
            "SYNTAX_ERROR", "error occurred while parsing the query",
            details: ["line": 1, "column": JSON(column), "near": JSON(near)])
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "_$.-".contains(character))
    }

    /// The position stands on the opening quote. A backslash takes the next character as it is.
    private static func quoted(_ characters: [Character], _ index: inout Int) throws(ZohoError) -> String {
        let start = index
        var text = ""
        index += 1
        while index < characters.count {
            switch characters[index] {
            case "'":
                index += 1
                return text
            case "\\" where index + 1 < characters.count:
                text.append(characters[index + 1])
                index += 2
            default:
                text.append(characters[index])
                index += 1
            }
        }
        throw syntax(near: "'", column: start + 1)
    }
}
