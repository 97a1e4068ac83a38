import Domain

extension SQLConnection {
    /// The filters of what a person typed into the search box: one of all words that the text must hold, and one of each
    /// word that a label may hold instead, so that a list can begin with whichever leaves fewest.
    /// - Parameter isExact: whether nobody may be missing, however many wait for the index: all are looked through then.
    func filters(
        _ search: SearchText, isExact: Bool = false, in workspace: WorkspaceID
    ) throws -> [ListFilter] {
        guard !search.isEmpty else { return [] }
        let words = try search.words.enumerated().map { position, word in
            WordCondition(
                word, at: position, labels: try labels(named: word, in: workspace), dialect: dialect)
        }
        let index = try isExact && hasLongQueue() ? .none : searchIndex()
        let plain = words.filter { $0.labels.isEmpty }
        return ([plain] + words.filter { !$0.labels.isEmpty }.map { [$0] }).filter { !$0.isEmpty }.map { words in
            var arguments = words.reduce(into: SQLArguments()) { $0.add($1.arguments) }
            let source = index.source(of: words)
            if let source { arguments.add(source.arguments) }
            return ListFilter(
                condition: words.map(\.condition).joined(separator: " AND "), source: source?.sql, arguments: arguments)
        }
    }

    /// Labels whose name has the word, or begins with the only letter of it: whoever carries one is found by it.
    private func labels(named word: SearchText.Word, in workspace: WorkspaceID) throws -> [LabelID] {
        let folded = FieldValue.folded(word.text)
        guard !folded.isEmpty else { return [] }
        let start = folded.unicodeScalars.count == 1 ? "" : "%"
        return try rows(
            """
            SELECT id FROM label WHERE workspace_id = :workspace_id AND \(dialect.like("folded", ":folded"))
            ORDER BY id LIMIT 16
            """, ["workspace_id": workspace, "folded": "\(start)\(LikePattern.escaped(folded))%"]
        ).map { try $0.get("id") }
    }

    /// Whether more wait for SQLite's index than are looked through beside it, as after a large import.
    private func hasLongQueue() throws -> Bool {
        guard dialect == .sqlite else { return false }
        return try row("SELECT contact_id FROM contact_search_due LIMIT 1 OFFSET \(SearchIndex.queue)") != nil
    }

    private func searchIndex() throws -> SearchIndex {
        let isWritten = try row("SELECT value FROM installation WHERE name = 'search_texts'") != nil
        guard isWritten else { return .none }
        guard dialect == .postgres else { return .trigramTable }
        guard try isSearchIndexed else { return .none }
        // In a database of the locale C only ASCII counts as letters.
        let letters = try value("SELECT COALESCE(array_length(show_trgm('王'), 1), 0) AS n", as: Int.self)
        return .trigramIndex(isForAllLetters: letters != 0)
    }
}

/// One word of a search as SQL on `contact p`.
struct WordCondition {
    let word: SearchText.Word
    /// Among the words of the search.
    let position: Int
    let labels: [LabelID]
    /// Of the words' patterns, by alternatives: `search_text LIKE … OR …`.
    let texts: @Sendable (_ alias: String) -> String
    private let labelled: String?
    /// A SELECT of everybody with one of the labels, each once, named `id`.
    let labelSource: String?
    private(set) var arguments: SQLArguments = [:]

    init(_ word: SearchText.Word, at position: Int, labels: [LabelID], dialect: SQLDialect) {
        self.word = word
        self.position = position
        self.labels = labels
        let names = word.patterns.indices.map { "word\(position)_\($0)" }
        texts = { alias in
            "(" + names.map { dialect.like("\(alias).search_text", ":\($0)") }.joined(separator: " OR ") + ")"
        }
        for (name, pattern) in zip(names, word.patterns) { arguments.set(name, pattern) }
        guard !labels.isEmpty else {
            labelled = nil
            labelSource = nil
            return
        }
        let list = SQLValueList("word\(position)_label", labels)
        labelled = """
            EXISTS (
                SELECT 1 FROM contact_label cl
                WHERE cl.workspace_id = :workspace_id AND cl.contact_id = p.id AND cl.label_id IN \(list.sql)
            )
            """
        // A contact may have several of them.
        labelSource = """
            SELECT DISTINCT contact_id AS id FROM contact_label
            WHERE workspace_id = :workspace_id AND label_id IN \(list.sql)
            """
        arguments = list.arguments(arguments)
    }

    var condition: String {
        guard let labelled else { return texts("p") }
        return "(\(texts("p")) OR \(labelled))"
    }
}

/// By what contacts are found whose text holds a word.
enum SearchIndex: Equatable {
    /// SQLite's.
    case trigramTable
    /// PostgreSQL's.
    case trigramIndex(isForAllLetters: Bool)
    case none

    /// Of those who wait for SQLite's index, so many are looked through themselves.
    fileprivate static let queue = 5000

    /// Whom the words leave, as far as they are indexed.
    /// - Parameter words: that the text alone must hold, or one that a label may hold instead.
    func source(of words: [WordCondition]) -> (sql: String, arguments: SQLArguments)? {
        let known = words.filter { isIndexed($0.word) }
        guard let first = known.first, let texts = textSource(of: known, first.position) else { return nil }
        guard let labels = first.labelSource else { return texts }
        return ("\(texts.sql) UNION \(ListFilter.limited(labels, as: "labelled"))", texts.arguments)
    }

    /// - Parameter position: names what is looked for apart from other sources'.
    private func textSource(
        of words: [WordCondition], _ position: Int
    ) -> (sql: String, arguments: SQLArguments)? {
        switch self {
        case .none: return nil
        case .trigramIndex:
            let texts = words.map { $0.texts("c") }.joined(separator: " AND ")
            return (ListFilter.limited("SELECT c.id FROM contact c WHERE \(texts)", as: "texts"), [:])
        case .trigramTable:
            let indexed = "SELECT rowid AS id FROM contact_search WHERE contact_search MATCH :trigrams\(position)"
            let texts = words.map { $0.texts("c") }.joined(separator: " AND ")
            let trigrams = words.map { $0.word.trigramQuery }.joined(separator: " AND ")
            // What the index does not have yet is looked through itself, the newest first.
            let due = """
                SELECT c.id FROM (
                    SELECT contact_id FROM contact_search_due ORDER BY contact_id DESC LIMIT \(Self.queue)
                ) AS d
                CROSS JOIN contact c WHERE c.id = d.contact_id AND \(texts)
                """
            return (
                "\(ListFilter.limited(indexed, as: "indexed")) UNION \(due)",
                SQLArguments([(name: "trigrams\(position)", value: trigrams.sqlValue)])
            )
        }
    }

    /// Whether the index has anything to begin with: three letters in a row. PostgreSQL's knows letters and digits only,
    /// and where words begin.
    private func isIndexed(_ word: SearchText.Word) -> Bool {
        switch self {
        case .none: false
        case .trigramTable: true
        case .trigramIndex(let isForAllLetters):
            word.needles.allSatisfy { needle in
                var run = 0
                var isAtStart = false
                for scalar in needle.unicodeScalars {
                    if scalar == " " {
                        (run, isAtStart) = (0, true)
                    } else if scalar.isLetterOrDigit, isForAllLetters || scalar.isASCII {
                        run += 1
                        if run >= 3 || isAtStart { return true }
                    } else {
                        (run, isAtStart) = (0, false)
                    }
                }
                return false
            }
        }
    }
}

extension SearchText.Word {
    /// Enough to tell a word from others; what it finds is compared in full.
    private static let maxTrigrams = 10

    /// In FTS5's language: the trigrams of any of the needles.
    fileprivate var trigramQuery: String {
        let forms = needles.map { needle in
            let scalars = Array(needle.unicodeScalars)
            // The last digits of a number tell more than the first.
            let trigrams = (0...max(0, scalars.count - 3)).suffix(Self.maxTrigrams).map { start in
                let text = String(String.UnicodeScalarView(scalars[start..<min(start + 3, scalars.count)]))
                return "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
            }
            return "(\(trigrams.joined(separator: " AND ")))"
        }
        return "(\(forms.joined(separator: " OR ")))"
    }
}

extension Unicode.Scalar {
    fileprivate var isLetterOrDigit: Bool {
        properties.isAlphabetic || properties.numericType == .decimal
    }
}

extension SQLArguments {
    mutating func add(_ others: SQLArguments) {
        for (name, value) in others.pairs { set(name, value) }
    }
}
