/// Guesses what the columns of a table mean, by their headings and by what the cells look like.
struct ColumnRecognizer {
    private static let maxExamples = 5
    /// Headings that mean the given name when there is a column for the family name.
    private static let shortNames: Set<String> = ["name", "nombre", "nome", "名字", "名稱", "名称"]

    private let headings: [String]
    private let format: ExportFormat?

    /// - Parameter headings: empty when the file has none.
    init(headings: [String]) {
        self.headings = headings
        format = ExportFormat(headings: headings)
    }

    func columns(_ rows: [FileRow], count: Int) -> [FileColumn] {
        let cells = (0..<count).map { column in rows.map { $0[column] }.filter { !$0.isBlank } }
        var guesses = cells.indices.map { guess(heading: heading($0), cells: cells[$0]) }
        believeHeadings(&guesses)
        preferGivenName(&guesses)
        keepBest(&guesses)
        return cells.indices.map { index in
            FileColumn(
                index: index, heading: heading(index), examples: Array(cells[index].prefix(Self.maxExamples)),
                guess: guesses[index])
        }
    }

    private func heading(_ column: Int) -> String {
        headings.indices.contains(column) ? headings[column] : ""
    }

    private func guess(heading: String, cells: [String]) -> ColumnGuess {
        let content = ContentLook(cells)
        if let meaning = format?.meaning(of: heading, among: headings) {
            return ColumnGuess(meaning: meaning, confidence: 0.98, basis: .format)
        }
        guard let entry = HeadingDictionary.exact(heading) ?? HeadingDictionary.partial(heading) else {
            return HeadingDictionary.isAboutOthers(heading) ? .none : content.guess
        }
        return content.weighed(entry)
    }

    /// Where a heading says which numbers are the contacts', others that only look like them are somebody's or
    /// something's else.
    private func believeHeadings(_ guesses: inout [ColumnGuess]) {
        guard guesses.contains(where: { $0.meaning == .phone && $0.basis != .content }) else { return }
        for index in guesses.indices where guesses[index].meaning == .phone && guesses[index].basis == .content {
            guesses[index] = .none
        }
    }

    private func preferGivenName(_ guesses: inout [ColumnGuess]) {
        let meanings = Set(guesses.map(\.meaning))
        guard meanings.contains(.familyName) else { return }
        guard !meanings.contains(.givenName) else { return leaveOutNicknames(&guesses) }
        for index in guesses.indices where guesses[index].meaning == .name {
            guard Self.shortNames.contains(HeadingText(heading(index)).squeezed) else { continue }
            guesses[index] = ColumnGuess(
                meaning: .givenName, confidence: guesses[index].confidence, basis: guesses[index].basis)
        }
    }

    /// Beside given and family name a nickname, a middle name or a name's pronunciation is not what somebody is called.
    private func leaveOutNicknames(_ guesses: inout [ColumnGuess]) {
        for index in guesses.indices where guesses[index].meaning == .name && guesses[index].confidence < 0.85 {
            guesses[index] = .none
        }
    }

    /// Of several columns with a meaning that only one can have, the surest keeps it, the first of equals.
    private func keepBest(_ guesses: inout [ColumnGuess]) {
        var best: [ColumnMeaning: Int] = [:]
        for index in guesses.indices where !guesses[index].meaning.mayRepeat {
            let meaning = guesses[index].meaning
            guard let other = best[meaning] else {
                best[meaning] = index
                continue
            }
            let loser = guesses[index].confidence > guesses[other].confidence ? other : index
            if loser == other { best[meaning] = index }
            guesses[loser] = .none
        }
    }
}
