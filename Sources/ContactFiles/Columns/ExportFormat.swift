/// A program whose exports are recognised by their columns.
///
/// Sources: Chatwoot's `Account::ContactsExportJob` and its sample for imports; WATI's
/// `Contacts_Upload_Sample_Campaign.csv` (one name was `AllowBroadcast` before); columns of respond.io's contact exports
/// and of Kommo's lead exports (Spanish, Portuguese, Russian) as published by people who read them in programs.
package enum ExportFormat: String, Codable, CaseIterable, Sendable {
    /// A file that was cleaned here (our columns, and behind them those that it had before), or contacts that were
    /// exported here.
    case puente
    case chatwoot
    case wati
    case respondIO = "respond.io"
    case kommo

    /// As its makers write it.
    package var name: String {
        switch self {
        case .puente: "Puente"
        case .chatwoot: "Chatwoot"
        case .wati: "WATI"
        case .respondIO: "respond.io"
        case .kommo: "Kommo"
        }
    }

    /// Nil when the headings are nobody's in particular.
    package init?(headings: [String]) {
        let found = Set(headings.map { HeadingText($0).joined })
        guard let format = Self.allCases.first(where: { $0.isRecognised(by: found, headings) }) else { return nil }
        self = format
    }

    private func isRecognised(by found: Set<String>, _ headings: [String]) -> Bool {
        switch self {
        case .puente: headings.starts(with: Self.cleanHeadings) || Self.isContactExport(headings)
        case .chatwoot:
            // These four, in this order and writing, and others behind them.
            headings.count >= 4 && headings.contains("phone_number")
                && Array(headings.prefix(3)) == ["id", "name", "email"]
        case .wati:
            found.isSuperset(of: ["country code", "phone"])
                && !found.isDisjoint(with: ["allow broadcast", "allow campaign"])
        case .respondIO:
            found.isSuperset(of: ["contact id", "first name", "phone number"])
                && found.intersection(Self.respondIOColumns).count >= 2
        case .kommo: found.intersection(Self.kommoColumns).count >= 2
        }
    }

    /// What a column of this program means; nil where the heading says it well enough.
    func meaning(of heading: String, among headings: [String]) -> ColumnMeaning? {
        let text = HeadingText(heading).joined
        switch self {
        case .puente:
            return Self.isContactExport(headings)
                ? Self.exported[heading] ?? .other : Self.meaningInCleanFile(heading)
        case .chatwoot:
            // Its own number of the contact is the company's only when it gave no identifier.
            if text == "id" { return headings.contains("identifier") ? .other : .externalID }
            return ["ip address", "document number"].contains(text) ? .other : nil
        case .wati: return text == "allow sms" ? .other : nil
        case .respondIO: return Self.respondIOColumns.contains(text) ? .other : nil
        case .kommo:
            if ["id", "ид"].contains(text) { return .externalID }
            if Self.kommoNames.contains(text) { return .name }
            return Self.kommoOthers.contains(text) ? .other : Self.kommoRussian[text]
        }
    }

    /// Among the headings of exported contacts: tells our own files from others'.
    package static let contactIDHeading = "puente_id"

    /// The columns of exported contacts, but for the company's own fields: whatever its name looks like, such a column
    /// means nothing else.
    package static let exportHeadings = [
        "phone", "other_phone", "name", "email", "other_email", "profile_name", "username", "language", "labels",
        "notes",
        "consent", "opted_out", "double_opt_in", "states", "bsuid", "number_kind", "unreachable", contactIDHeading,
        "created_at", "updated_at",
    ]

    private static let exported: [String: ColumnMeaning] = [
        "phone": .phone, "other_phone": .phone, "name": .name, "email": .email, "other_email": .email,
        "language": .language, "labels": .labels, "notes": .notes, "consent": .consent, "opted_out": .optedOut,
        "bsuid": .whatsAppID,
    ]

    private static func isContactExport(_ headings: [String]) -> Bool {
        headings.contains(contactIDHeading) && headings.contains("phone")
    }

    /// The first columns of a clean file.
    package static let cleanHeadings = ["phone", "whatsapp_id", "country", "kind", "name", "email", "mark"]

    /// Whom a row is of is said by our columns; what the file had before says it a second time, as it was written.
    private static func meaningInCleanFile(_ heading: String) -> ColumnMeaning? {
        if ["kind", "mark"].contains(heading) { return .other }
        let meaning = (HeadingDictionary.exact(heading) ?? HeadingDictionary.partial(heading))?.meaning
        if cleanHeadings.contains(heading) { return meaning }
        guard let meaning, !ofThePerson.contains(meaning) else { return .other }
        return nil
    }

    private static let ofThePerson: Set<ColumnMeaning> = [
        .phone, .whatsAppID, .callingCode, .country, .name, .givenName, .familyName, .email,
    ]

    /// Columns of respond.io that nobody else has together.
    private static let respondIOColumns: Set<String> = [
        "status", "lifecycle", "assignee", "last interaction time", "date time created", "channels",
    ]

    private static let kommoNames: Set<String> = [
        "main contact", "contact full name", "contacto principal", "contato principal", "основнои контакт",
        "основной контакт", "полное имя контакт",
    ]

    /// About the lead, not about the person.
    private static let kommoOthers: Set<String> = [
        "lead title", "lead name", "lead status", "lead stage", "responsible user", "pipeline",
        "nombre del lead", "estatus del lead", "etapa del lead", "responsable", "embudo de ventas", "presupuesto",
        "fax contacto", "cargo contacto", "lead titulo", "titulo do lead", "lead usuario responsavel", "etapa do lead",
        "funil de vendas", "venda", "faz contato", "fax contato", "название сделки", "этап сделки", "воронка",
        "ответственныи", "ответственный",
    ]

    private static let kommoRussian: [String: ColumnMeaning] = [
        "рабочии телефон контакт": .phone, "рабочий телефон контакт": .phone, "мобильныи телефон контакт": .phone,
        "мобильный телефон контакт": .phone, "домашнии телефон контакт": .phone, "домашний телефон контакт": .phone,
        "другои телефон контакт": .phone, "другой телефон контакт": .phone, "рабочии email контакт": .email,
        "рабочий email контакт": .email, "личныи email контакт": .email, "личный email контакт": .email,
        "теги сделки": .labels, "компания": .company,
    ]

    private static let kommoColumns: Set<String> = kommoNames.union(kommoOthers).union(kommoRussian.keys).union([
        "work phone contact", "mobile phone contact", "work email contact", "lead tags", "telefono oficina contacto",
        "telefono celular contacto", "correo contacto", "etiquetas del lead", "celular contato",
        "telefone comercial contato", "email comercial contato", "tags do lead",
    ])
}
