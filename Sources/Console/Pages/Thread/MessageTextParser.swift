/// Splits a text at WhatsApp's marks and at web addresses. A mark counts where a phone takes it for one: at the border
/// of a word, closed on the same line, with something between.
enum MessageTextParser {
    static func pieces(of text: Substring) -> [MessageText.Piece] {
        var result: [MessageText.Piece] = []
        var rest = text
        while let fence = rest.firstRange(of: "```") {
            let inside = rest[fence.upperBound...]
            guard let end = inside.firstRange(of: "```"), end.lowerBound > inside.startIndex else { break }
            result += marked(rest[..<fence.lowerBound], as: .init(text: ""), depth: 0)
            result.append(.init(text: String(inside[..<end.lowerBound]), isCode: true))
            rest = inside[end.upperBound...]
        }
        return result + marked(rest, as: .init(text: ""), depth: 0)
    }

    /// - Parameter depth: marks may stand within marks of another kind, three deep.
    private static func marked(_ text: Substring, as style: MessageText.Piece, depth: Int) -> [MessageText.Piece] {
        var result: [MessageText.Piece] = []
        var plain = text.startIndex
        var position = text.startIndex
        while position < text.endIndex {
            guard depth < 3, let span = span(at: position, of: text) else {
                position = text.index(after: position)
                continue
            }
            result += linked(text[plain..<position], as: style)
            result += marked(span.inner, as: span.style(on: style), depth: depth + 1)
            position = span.end
            plain = span.end
        }
        return result + linked(text[plain...], as: style)
    }

    private struct Span {
        let mark: Character
        let inner: Substring
        let end: Substring.Index

        func style(on outer: MessageText.Piece) -> MessageText.Piece {
            var style = outer
            switch mark {
            case "*": style.isBold = true
            case "_": style.isItalic = true
            default: style.isStruck = true
            }
            return style
        }
    }

    private static func span(at position: Substring.Index, of text: Substring) -> Span? {
        let mark = text[position]
        guard mark == "*" || mark == "_" || mark == "~" else { return nil }
        if position > text.startIndex, isWordCharacter(text[text.index(before: position)]) { return nil }
        let start = text.index(after: position)
        guard start < text.endIndex, !text[start].isWhitespace, text[start] != mark else { return nil }
        var end = start
        while end < text.endIndex, !text[end].isNewline {
            let next = text.index(after: end)
            if text[end] == mark, end > start, !text[text.index(before: end)].isWhitespace,
                next == text.endIndex || !isWordCharacter(text[next])
            {
                return Span(mark: mark, inner: text[start..<end], end: next)
            }
            end = next
        }
        return nil
    }

    private static func linked(_ text: Substring, as style: MessageText.Piece) -> [MessageText.Piece] {
        var result: [MessageText.Piece] = []
        var rest = text
        while let scheme = nextScheme(in: rest) {
            let address = trimmed(rest[scheme...].prefix { !$0.isWhitespace && $0 != "<" && $0 != ">" && $0 != "\"" })
            append(rest[..<scheme], as: style, to: &result)
            var piece = style
            piece.text = String(address)
            piece.link = String(address)
            result.append(piece)
            rest = rest[address.endIndex...]
        }
        append(rest, as: style, to: &result)
        return result
    }

    private static func nextScheme(in text: Substring) -> Substring.Index? {
        ["https://", "http://"].compactMap { scheme in
            text.firstRange(of: scheme).flatMap { range in
                range.upperBound < text.endIndex && !text[range.upperBound].isWhitespace ? range.lowerBound : nil
            }
        }.min()
    }

    /// Punctuation at the end of a sentence is not part of the address.
    private static func trimmed(_ address: Substring) -> Substring {
        var address = address
        while let last = address.last, ".,;:!?)]'*_~".contains(last) { address = address.dropLast() }
        return address
    }

    private static func append(
        _ text: Substring, as style: MessageText.Piece, to result: inout [MessageText.Piece]
    ) {
        guard !text.isEmpty else { return }
        var piece = style
        piece.text = String(text)
        result.append(piece)
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }
}
