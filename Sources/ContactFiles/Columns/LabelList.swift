/// Labels in one cell: `VIP, Feria`. One that holds a separator itself stands in quotation marks: `"Madrid, norte", VIP`.
package enum LabelList {
    private static let separators: Set<Character> = [",", ";", "|", "，", "；", "、", "\n", "\r", "\r\n", "\t"]
    private static let mark: Character = "\""

    /// As ``labels(in:)`` reads them again.
    package static func text(_ labels: [String]) -> String {
        labels.map { label in
            guard label.first == mark || label.contains(where: separators.contains) else { return label }
            return "\(mark)\(label.replacing("\"", with: "\"\""))\(mark)"
        }.joined(separator: ", ")
    }

    /// As they are written, without blanks around them; none is empty. A mark that nothing closes is a letter like others.
    package static func labels(in cell: String) -> [String] {
        var labels: [String] = []
        var rest = cell[...]
        while let first = rest.firstIndex(where: { !$0.isWhitespace && !separators.contains($0) }) {
            rest = rest[first...]
            if let (label, end) = quoted(rest) {
                labels.append(label)
                rest = rest[end...]
            } else {
                let end = rest.firstIndex(where: separators.contains) ?? rest.endIndex
                labels.append(String(rest[..<end]).trimmed)
                rest = rest[end...]
            }
        }
        return labels.filter { !$0.isEmpty }
    }

    /// - Parameter text: begins with the label.
    /// - Returns: what stands between marks, and where the next separator is; nil when it stands between none.
    private static func quoted(_ text: Substring) -> (label: String, end: Substring.Index)? {
        guard text.first == mark else { return nil }
        var label = ""
        var index = text.index(after: text.startIndex)
        while index < text.endIndex {
            let next = text.index(after: index)
            guard text[index] == mark else {
                label.append(text[index])
                index = next
                continue
            }
            if next < text.endIndex, text[next] == mark {
                label.append(mark)
                index = text.index(after: next)
                continue
            }
            let end = text[next...].firstIndex { !$0.isWhitespace || separators.contains($0) } ?? text.endIndex
            guard end == text.endIndex || separators.contains(text[end]) else { return nil }
            return (label.trimmed, end)
        }
        return nil
    }
}
