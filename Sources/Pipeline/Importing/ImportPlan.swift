package import ContactFiles
package import Domain
package import Store

/// How a list is read and what its columns mean: as a person confirmed it. Kept with the import.
package struct ImportPlan: Codable, Equatable, Sendable {
    package struct Column: Codable, Equatable, Sendable {
        /// As the file has it; empty when it has none.
        package var heading: String
        package var use: ColumnUse

        package init(heading: String, use: ColumnUse) {
            self.heading = heading
            self.use = use
        }
    }

    package var reading: ReadingPlan
    package var columns: [Column]
    /// Of numbers without a country code, in rows that name no country: ISO 3166 alpha-2.
    package var region: String?

    package init(reading: ReadingPlan, columns: [Column], region: String?) {
        self.reading = reading
        self.columns = columns
        self.region = region
    }

    /// What was recognised. A column that is called like one of the company's own fields fills it.
    /// - Parameter fields: of the company, without those that were put away.
    package init(_ inspection: FileInspection, region: String?, fields: [ImportField] = []) {
        var filled: Set<String> = []
        self.init(
            reading: inspection.plan,
            columns: inspection.columns.map { column in
                Column(heading: column.heading, use: Self.use(of: column, fields, &filled))
            }, region: region)
    }

    /// - Parameter filled: the keys of fields that columns before this one fill.
    private static func use(of column: FileColumn, _ fields: [ImportField], _ filled: inout Set<String>) -> ColumnUse {
        let meaning = column.guess.meaning
        if meaning == .other || meaning.fieldKey != nil, let field = field(column.heading, among: fields),
            filled.insert(field.key).inserted
        {
            return .field(field.key)
        }
        let isFree = meaning.fieldKey.map { filled.insert($0).inserted } ?? true
        return meaning == .other || !isFree ? .leftOut : .meaning(meaning)
    }

    /// By its name, or by its key as our own exports write it where the name says something else.
    private static func field(_ heading: String, among fields: [ImportField]) -> ImportField? {
        if case .field(let key) = ColumnUse(heading) { return fields.first { $0.key == key } }
        guard !heading.isBlankText else { return nil }
        let name = PeopleName.folded(heading)
        return fields.first { PeopleName.folded($0.name) == name }
    }

    /// For the reading of names, numbers and addresses.
    package var mapping: ColumnMapping {
        ColumnMapping(
            meanings: columns.map { column in
                if case .meaning(let meaning) = column.use { meaning } else { .other }
            }, headings: columns.map(\.heading))
    }

    /// Columns with one of the company's own fields, by place.
    var fieldColumns: [(column: Int, key: String)] {
        columns.indices.compactMap { index in
            switch columns[index].use {
            case .field(let key): (index, key)
            case .meaning(let meaning): meaning.fieldKey.map { (index, $0) }
            case .leftOut: nil
            }
        }
    }

    /// What `1.234` and `3/4/2026` mean in it. What we wrote ourselves is written as programs write.
    var habits: WritingHabits {
        let isOurs = columns.contains { $0.heading == ExportFormat.contactIDHeading }
        return isOurs ? .machine : WritingHabits(region: region ?? "", language: .english)
    }

    /// For reading the file again in the same way.
    package var choices: ReadingChoices {
        var choices = ReadingChoices()
        choices.kind = reading.kind
        choices.encoding = reading.encoding
        choices.delimiter = reading.delimiter
        choices.quote = reading.quote
        choices.headings = reading.headingRow.map { .row($0) } ?? ReadingChoices.Headings.none
        choices.sheet = reading.kind == .excel ? reading.sheet : nil
        return choices
    }

    package var json: String {
        get throws { try JSONText.encode(self) }
    }

    package init(json: String) throws {
        self = try JSONText.decode(Self.self, from: json)
    }
}

/// What is done with a column. As text: a meaning's name, `field:KEY`, or `left_out`.
package enum ColumnUse: Equatable, Sendable {
    case meaning(ColumnMeaning)
    /// By the key of one of the company's own fields.
    case field(String)
    case leftOut
}

extension ColumnUse: LosslessStringConvertible, Codable {
    private static let field = "field:"
    private static let leftOutText = "left_out"

    package init?(_ description: String) {
        if description == Self.leftOutText || description == ColumnMeaning.other.rawValue {
            self = .leftOut
        } else if description.hasPrefix(Self.field), description.count > Self.field.count {
            self = .field(String(description.dropFirst(Self.field.count)))
        } else if let meaning = ColumnMeaning(rawValue: description) {
            self = .meaning(meaning)
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .meaning(let meaning): meaning.rawValue
        case .field(let key): Self.field + key
        case .leftOut: Self.leftOutText
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let use = ColumnUse(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no use of a column: \(text)")
        }
        self = use
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ColumnMeaning {
    /// What has no place of its own in a contact is a field with this key, made when a list brings the first of it.
    package var fieldKey: String? {
        switch self {
        case .company, .birthday, .externalID: rawValue
        case .name, .givenName, .familyName, .phone, .callingCode, .country, .email, .labels, .language, .notes,
            .consent, .optedOut, .whatsAppID, .other:
            nil
        }
    }

    var fieldKind: FieldKind { self == .birthday ? .date : .text }
}
