import ContactFiles
import Domain

/// What a person said of the columns: `phone=Móvil`, `email=C`.
struct ColumnChoices {
    private let choices: [(meaning: ColumnMeaning, column: String)]
    /// More names would hide the sentence that they stand in.
    private static let maxNames = 30

    /// - Parameter arguments: each a meaning, "=" and a column's heading or letter.
    init(_ arguments: [String]) throws(CommandFailure) {
        var choices: [(meaning: ColumnMeaning, column: String)] = []
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1).map { String($0) }
            guard parts.count == 2, let meaning = ColumnMeaning(rawValue: parts[0]) else {
                throw Self.wrong(argument)
            }
            choices.append((meaning, parts[1]))
        }
        self.choices = choices
    }

    /// The guesses, and what was said instead: where somebody names the phone column, the guessed ones are none.
    /// - Throws: when there is no such column, or nothing in the file tells one person from another.
    func mapping(_ columns: [FileColumn]) throws(CommandFailure) -> ColumnMapping {
        var mapping = ColumnMapping(columns)
        for meaning in Set(choices.map(\.meaning)) {
            for column in mapping.columns(for: meaning) { mapping.meanings[column] = .other }
        }
        for (meaning, name) in choices {
            guard let column = Self.column(name, among: columns) else { throw Self.noColumn(name, columns) }
            if !meaning.mayRepeat { mapping.columns(for: meaning).forEach { mapping.meanings[$0] = .other } }
            mapping.meanings[column] = meaning
        }
        let hasHandle = mapping.meanings.contains { $0 == .phone || $0 == .email || $0 == .whatsAppID }
        guard hasHandle else { throw Self.noHandle(columns) }
        return mapping
    }

    /// Columns of which somebody said that they mean nothing.
    func leftOut(_ columns: [FileColumn]) -> [Int] {
        choices.filter { $0.meaning == .other }.compactMap { Self.column($0.column, among: columns) }
    }

    /// By its heading, whatever its capitals, else by its letter.
    static func column(_ name: String, among columns: [FileColumn]) -> Int? {
        let folded = name.lowercased()
        return columns.first { $0.title == name }?.index ?? columns.first { $0.title.lowercased() == folded }?.index
            ?? columns.first { FileColumn.letter($0.index) == name.uppercased() }?.index
    }

    private static func list(_ columns: [FileColumn]) -> String {
        let names = columns.prefix(maxNames).map { Quoting.clipped($0.title) }.joined(separator: ", ")
        return columns.count > maxNames ? "\(names), …" : names
    }

    private static func wrong(_ argument: String) -> CommandFailure {
        let shown = Quoting.clipped(argument)
        let meanings = ColumnMeaning.allCases.map(\.rawValue).joined(separator: ", ")
        return CommandFailure(
            status: CommandEnding.wrongUse,
            en: "--map takes a meaning, = and a column, not \"\(shown)\"; meanings are \(meanings).",
            es: "--map admite un significado, = y una columna, no «\(shown)»; los significados son \(meanings).")
    }

    static func noColumn(_ name: String, _ columns: [FileColumn]) -> CommandFailure {
        let shown = Quoting.clipped(name)
        return CommandFailure(
            status: CommandEnding.wrongUse,
            en: "There is no column \"\(shown)\"; the file's columns are: \(list(columns)).",
            es: "No hay ninguna columna «\(shown)»; las columnas del archivo son: \(list(columns)).")
    }

    private static func noHandle(_ columns: [FileColumn]) -> CommandFailure {
        CommandFailure(
            status: CommandEnding.wrongUse,
            en:
                "No column with phone numbers or e-mail addresses was recognised among: \(list(columns)). Say which it is, for example --map phone=\(FileColumn.letter(0)) or --map \"email=E-mail\".",
            es:
                "No se reconoció ninguna columna con teléfonos o correos electrónicos entre: \(list(columns)). Diga cuál es, por ejemplo --map phone=\(FileColumn.letter(0)) o --map \"email=Correo\"."
        )
    }
}
