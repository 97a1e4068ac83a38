import Domain
import Store

extension MergeFacts {
    /// - Parameters:
    ///   - preview: with the older contact as its winner: which side is which does not change with who stays.
    init(_ preview: MergePreview) {
        self.init(
            a: Side(preview.winner), b: Side(preview.loser), values: Self.values(preview),
            score: preview.suggestion.flatMap { $0.state == .open ? $0.score : nil },
            reasons: preview.suggestion?.reasons ?? [], conflictingCRMs: preview.conflictingCRMs)
    }

    private static func values(_ preview: MergePreview) -> [Value] {
        let columns = MergeChoices.Column.allCases.compactMap { column -> Value? in
            let (a, b) = (preview.winner.value(of: column) ?? "", preview.loser.value(of: column) ?? "")
            return a.isEmpty && b.isEmpty
                ? nil : Value(field: MergeForm.field(column), label: column.label, a: a, b: b)
        }
        let fields = preview.fields.map {
            Value(
                field: MergeForm.field($0.id), label: $0.title, a: $0.winner ?? "", b: $0.loser ?? "",
                kind: FieldKind(rawValue: $0.kind))
        }
        return columns + fields
    }
}

extension MergeFacts.Side {
    fileprivate init(_ side: MergePreview.Side) {
        self.init(
            person: PersonFacts(side.person),
            handles: side.handles.map { $0.kind == "phone" ? PhoneText.international($0.address) : $0.address },
            labels: side.labels, states: side.states, marketing: side.marketing,
            records: side.records.map { "\($0.crm) \($0.remoteID)" }, createdAt: side.createdAt,
            lastInboundAt: side.lastInboundAt, conversations: side.counts.conversations,
            messages: side.counts.messages)
    }
}

extension MergeChoices.Column {
    var label: LocalizedText {
        switch self {
        case .name: LocalizedText(en: "Name", es: "Nombre")
        case .profileName: LocalizedText(en: "Name on WhatsApp", es: "Nombre en WhatsApp")
        case .username: LocalizedText(en: "Username", es: "Nombre de usuario")
        case .language: LocalizedText(en: "Language", es: "Idioma")
        case .note: LocalizedText(en: "Note", es: "Nota")
        }
    }
}

/// What the form of a merge says.
struct MergeForm {
    let winner: ContactID
    let loser: ContactID
    let choices: MergeChoices

    static func field(_ column: MergeChoices.Column) -> String { "column.\(column.rawValue)" }
    static func field(_ field: FieldID) -> String { "field.\(field)" }

    /// - Parameters: the older contact, then the other.
    /// - Throws: `invalid` when nobody stays.
    init(_ form: Form, _ a: ContactID, _ b: ContactID) throws {
        guard let stays = form["stays"].flatMap({ ContactID($0) }), stays == a || stays == b else {
            throw PuenteError(
                .invalid, detail: "stays", en: "Choose which of the two stays.", es: "Elija cuál de los dos queda.")
        }
        winner = stays
        loser = stays == a ? b : a
        var choices = MergeChoices()
        for (name, value) in form.fields.pairs {
            guard let side = Self.side(value, isAStaying: stays == a) else { continue }
            if name.hasPrefix("field."), let id = FieldID(String(name.dropFirst(6))) {
                choices.fields[id] = side
            } else if name.hasPrefix("column."), let column = MergeChoices.Column(rawValue: String(name.dropFirst(7))) {
                choices.columns[column] = side
            }
        }
        self.choices = choices
    }

    /// What was chosen, by the names of the form's fields, to show it again.
    static func chosen(_ form: Form) -> [String: String] {
        let pairs = form.fields.pairs.filter { $0.name.hasPrefix("field.") || $0.name.hasPrefix("column.") }
        return Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// Nil for "both", which is what happens when nobody chooses.
    private static func side(_ value: String, isAStaying: Bool) -> MergeChoices.Side? {
        switch value {
        case "a": isAStaying ? .winner : .loser
        case "b": isAStaying ? .loser : .winner
        default: nil
        }
    }
}
