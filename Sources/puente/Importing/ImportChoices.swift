import ContactFiles
import Domain
import Pipeline
import Store

/// What a person said of the columns of a list: `phone=Móvil`, `new:text=Ciudad`, `field:city=Ciudad`.
struct ImportChoices {
    private enum FieldUse {
        case new(FieldKind)
        case own(String)
    }

    private let meanings: ColumnChoices
    private let hasMeanings: Bool
    private let fields: [(use: FieldUse, column: String)]

    init(_ arguments: [String]) throws(CommandFailure) {
        var plain: [String] = []
        var fields: [(use: FieldUse, column: String)] = []
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2, parts[0].hasPrefix("new:") {
                guard let kind = FieldKind(rawValue: String(parts[0].dropFirst(4))), kind != .choice else {
                    throw Self.wrongKind(argument)
                }
                fields.append((.new(kind), parts[1]))
            } else if parts.count == 2, parts[0].hasPrefix("field:") {
                fields.append((.own(String(parts[0].dropFirst(6))), parts[1]))
            } else {
                plain.append(argument)
            }
        }
        meanings = try ColumnChoices(plain)
        hasMeanings = !plain.isEmpty
        self.fields = fields
    }

    /// - Parameter words: the company's.
    /// - Returns: the plan, and the fields that columns are to become.
    func plan(
        _ inspection: FileInspection, words: ImportWords, region: String
    ) throws -> (plan: ImportPlan, fields: [ImportField]) {
        let known = words.all
        var plan = ImportPlan(inspection, region: region, fields: words.fields)
        let mapping = try meanings.mapping(inspection.columns)
        for index in plan.columns.indices where mapping.meanings[index] != inspection.columns[index].guess.meaning {
            let meaning = mapping.meanings[index]
            plan.columns[index].use = meaning == .other ? .leftOut : .meaning(meaning)
        }
        for index in meanings.leftOut(inspection.columns) { plan.columns[index].use = .leftOut }
        var made: [ImportField] = []
        for (use, name) in fields {
            guard let column = ColumnChoices.column(name, among: inspection.columns) else {
                throw ColumnChoices.noColumn(name, inspection.columns)
            }
            switch use {
            case .own(let key):
                guard known.contains(where: { $0.key == key }) else { throw Self.noField(key, known) }
                plan.columns[column].use = .field(key)
            case .new(let kind):
                let field = ImportField.named(
                    inspection.columns[column].title, kind: kind, besides: known + made)
                made.append(field)
                plan.columns[column].use = .field(field.key)
            }
        }
        return (plan, made)
    }

    private static func wrongKind(_ argument: String) -> CommandFailure {
        let shown = Quoting.clipped(argument)
        return CommandFailure(
            status: CommandEnding.wrongUse,
            en: "A new field is new:text, new:number, new:date or new:yes_no, not \"\(shown)\".",
            es: "Un campo nuevo es new:text, new:number, new:date o new:yes_no, no «\(shown)».")
    }

    private static func noField(_ key: String, _ known: [ImportField]) -> CommandFailure {
        let keys = known.isEmpty ? "–" : known.map(\.key).joined(separator: ", ")
        let shown = Quoting.clipped(key)
        return CommandFailure(
            status: CommandEnding.wrongUse, en: "There is no field \"\(shown)\"; yours are: \(keys).",
            es: "No existe el campo «\(shown)»; los suyos son: \(keys).")
    }
}
