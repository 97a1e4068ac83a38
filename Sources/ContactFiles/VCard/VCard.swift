/// What a vCard says of one person, in the columns that every card gets.
struct VCard {
    static let maxPhones = 5
    static let maxEmails = 3

    /// The columns, in order.
    static let columns: [(heading: String, meaning: ColumnMeaning)] =
        [("Name", .name), ("Given name", .givenName), ("Family name", .familyName)]
        + (1...maxPhones).map { ("Phone \($0)", .phone) }
        + (1...maxEmails).map { ("E-mail \($0)", .email) }
        + [
            ("WhatsApp ID", .whatsAppID), ("Company", .company), ("Country", .country), ("Labels", .labels),
            ("Language", .language), ("Birthday", .birthday), ("Notes", .notes), ("UID", .externalID),
        ]

    /// Properties that are read; all others, photographs above all, are passed over.
    static let properties: Set<String> = [
        "FN", "N", "TEL", "EMAIL", "ORG", "ADR", "CATEGORIES", "LANG", "BDAY", "NOTE", "UID", "NICKNAME", "X-WAID",
        "X-WHATSAPP-USER-ID", namelessProperty,
    ]

    /// In our own cards: what stands in place of the name is none.
    static let namelessProperty = "X-PUENTE-NAMELESS"

    private var fullName = ""
    private var isNameless = false
    private var name: [String] = []
    private var nickname = ""
    private var phones: [(rank: Int, number: String)] = []
    private var emails: [(rank: Int, address: String)] = []
    private var waID = ""
    private var company = ""
    private var country = ""
    private var categories: [String] = []
    private var language = ""
    private var birthday = ""
    private var notes: [String] = []
    private var uid = ""

    /// - Parameter value: of the line, quoted-printable undone.
    mutating func take(_ line: VCardLine, value: Substring) {
        let text = VCardValue.text(value).trimmed
        guard !text.isEmpty else { return }
        switch line.name {
        case "FN": fullName = fullName.isEmpty ? text : fullName
        case "N": name = VCardValue.parts(value, at: ";").map(\.trimmed)
        case "NICKNAME": nickname = text
        case "TEL": takePhone(line, text)
        case "EMAIL": emails.append((Self.rank(line.types), VCardValue.email(text)))
        case "X-WAID", "X-WHATSAPP-USER-ID": waID = text
        case "ORG": company = VCardValue.parts(value, at: ";").map(\.trimmed).first { !$0.isEmpty } ?? ""
        case "ADR": country = VCardValue.parts(value, at: ";").dropFirst(6).first?.trimmed ?? country
        case "CATEGORIES": categories += VCardValue.parts(value, at: ",").map(\.trimmed).filter { !$0.isEmpty }
        case "LANG": language = text
        case "BDAY": birthday = text
        case "NOTE": notes.append(text)
        case "UID": uid = text
        case Self.namelessProperty: isNameless = true
        default: break
        }
    }

    /// How many numbers and addresses there is no column for.
    var valuesLeftOut: Int { max(0, phones.count - Self.maxPhones) + max(0, emails.count - Self.maxEmails) }

    /// In the order of ``columns``.
    var cells: [String] {
        let given = isNameless ? "" : name.dropFirst().first ?? ""
        let family = isNameless ? "" : name.first ?? ""
        return [shownName(given: given, family: family), given, family]
            + Self.padded(Self.ordered(phones.map { ($0.rank, $0.number) }), to: Self.maxPhones)
            + Self.padded(Self.ordered(emails.map { ($0.rank, $0.address) }), to: Self.maxEmails)
            + [waID, company, country, LabelList.text(categories), language, birthday]
            + [notes.joined(separator: "\n"), uid]
    }

    private mutating func takePhone(_ line: VCardLine, _ text: String) {
        phones.append((Self.rank(line.types), VCardValue.phone(text)))
        // WhatsApp's own cards name the account beside the number: TEL;waid=34612345678:+34 612 34 56 78
        if waID.isEmpty, let id = line.parameters["WAID"]?.first { waID = id }
    }

    private func shownName(given: String, family: String) -> String {
        if isNameless { return "" }
        if !fullName.isEmpty { return fullName }
        let joined = [given, family].filter { !$0.isEmpty }.joined(separator: " ")
        return joined.isEmpty ? (nickname.isEmpty ? company : nickname) : joined
    }

    /// Mobile phones first, as WhatsApp lives there, and of them and of the rest the preferred ones; faxes last.
    private static func rank(_ types: Set<String>) -> Int {
        if types.contains("fax") || types.contains("pager") { return 4 }
        let isMobile = types.contains("cell") || types.contains("iphone")
        return (isMobile ? 0 : 2) + (types.contains("pref") ? 0 : 1)
    }

    private static func ordered(_ values: [(rank: Int, text: String)]) -> [String] {
        values.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element.text)
    }

    private static func padded(_ values: [String], to count: Int) -> [String] {
        Array(values.prefix(count)) + Array(repeating: "", count: max(0, count - values.count))
    }
}
