package import ContactFiles
package import Crypto
package import PhoneNumbers

/// Judges the rows of a file one after the other: reads what they hold, and remembers who was there before.
///
/// It does no input or output, and its memory grows by the handles it has seen alone (see ``SeenHandles``).
package struct ContactCleaner {
    private let phoneColumns: [Int]
    private let emailColumns: [Int]
    private let whatsAppColumn: Int?
    private let nameColumn: Int?
    private let givenNameColumn: Int?
    private let familyNameColumn: Int?
    private var regions: RowRegions
    private var seen: SeenHandles

    /// - Parameters:
    ///   - region: of numbers that are written without a country code, in rows that name no country.
    ///   - key: random, for this run alone; see ``SeenHandles``.
    package init(_ mapping: ColumnMapping, region: PhoneRegion?, key: SymmetricKey) {
        phoneColumns = mapping.columns(for: .phone)
        emailColumns = mapping.columns(for: .email)
        whatsAppColumn = mapping.columns(for: .whatsAppID).first
        nameColumn = mapping.columns(for: .name).first
        givenNameColumn = mapping.columns(for: .givenName).first
        familyNameColumn = mapping.columns(for: .familyName).first
        regions = RowRegions(mapping, fallback: region)
        seen = SeenHandles(key: key)
    }

    package mutating func judge(_ item: FileItem) -> CleaningVerdict {
        switch item {
        case .fault(let fault): .rejected(.unreadable(fault))
        case .row(let row): judge(row)
        }
    }

    /// What stands in the columns that a verdict is about, or in all of them when those are empty; on one line.
    package func written(in item: FileItem) -> String {
        let cells = item.cells
        let telling = (phoneColumns + emailColumns).filter { $0 < cells.count }.map { cells[$0] }
        let shown = [telling, cells].map(Self.line).first { !$0.isEmpty }
        return shown ?? ""
    }

    private static func line(_ cells: [String]) -> String {
        cells.lazy.map { ContactName.tidied(String($0.prefix(200))) }.filter { !$0.isEmpty }.joined(separator: " | ")
    }

    private mutating func judge(_ row: FileRow) -> CleaningVerdict {
        let region = regions.region(of: row)
        let phones = RowPhones(row, phoneColumns: phoneColumns, whatsAppColumn: whatsAppColumn, region: region)
        let emails = RowEmails(row, columns: emailColumns)
        if let rejection = rejection(phones, emails, region) { return .rejected(rejection) }
        let contact = contact(row, phones, emails)
        if let duplicate = duplicate(contact) {
            // What it knows besides is the first row's.
            _ = claim(contact, duplicate.row)
            return .duplicate(contact, of: duplicate)
        }
        var marks = marks(row, phones, emails, region)
        if let other = claim(contact, row.number) { marks.append(.sharedEmail(row: other)) }
        return .accepted(contact, marks: marks)
    }

    /// A number that cannot be read is a reason to reject the row even when it has an address: the contact would be
    /// kept without its number, and nobody would mend it.
    private func rejection(
        _ phones: RowPhones, _ emails: RowEmails, _ region: RowRegions.Region
    ) -> CleaningRejection? {
        guard phones.numbers.isEmpty else { return nil }
        switch phones.trouble {
        case .several(let numbers): return .severalNumbers(numbers)
        case .refused(let problem, let text):
            return .phone(problem, suggestion: PhoneSuggestion(for: text, region: region.home?.code))
        case nil:
            guard emails.address == nil else { return nil }
            return emails.isLeftOut ? .email : .noHandle
        }
    }

    private func contact(_ row: FileRow, _ phones: RowPhones, _ emails: RowEmails) -> CleanContact {
        let main = phones.main?.number
        return CleanContact(
            phone: main, otherPhones: phones.numbers.map(\.number).filter { $0 != main }, email: emails.address,
            name: name(row))
    }

    private func name(_ row: FileRow) -> String {
        let whole = nameColumn.map { ContactName.tidied(row[$0]) } ?? ""
        guard whole.isEmpty else { return whole }
        return ContactName.joined(
            given: givenNameColumn.map { row[$0] } ?? "", family: familyNameColumn.map { row[$0] } ?? "")
    }

    private func marks(
        _ row: FileRow, _ phones: RowPhones, _ emails: RowEmails, _ region: RowRegions.Region
    ) -> [CleaningMark] {
        var marks: [CleaningMark] = []
        if let main = phones.main, main.number.validity == .possible {
            marks.append(.possibleNumber(suggestion: PhoneSuggestion(for: main.text, region: region.home?.code)))
        }
        if let trouble = phones.trouble { marks.append(.phoneLeftOut(trouble.problem)) }
        if phones.leansOnAssumption, let home = region.home { marks.append(.countryUnknown(assumed: home.name)) }
        if emails.isLeftOut { marks.append(.emailLeftOut) }
        if phones.numbers.isEmpty, !phoneColumns.isEmpty { marks.append(.noPhone) }
        if let remark = row.remark { marks.append(.remark(remark)) }
        return marks
    }

    private func duplicate(_ contact: CleanContact) -> CleaningVerdict.Duplicate? {
        if let phone = contact.phone {
            return seen.row(phone: phone.handle).map { CleaningVerdict.Duplicate(handle: .phone, row: $0) }
        }
        guard let email = contact.email else { return nil }
        return seen.row(email: email.handle).map { CleaningVerdict.Duplicate(handle: .email, row: $0) }
    }

    /// - Returns: the row of another contact that has the same address.
    private mutating func claim(_ contact: CleanContact, _ row: Int) -> Int? {
        for phone in [contact.phone].compactMap(\.self) + contact.otherPhones {
            seen.claim(phone: phone.handle, row: row)
        }
        guard let email = contact.email?.handle else { return nil }
        if let other = seen.row(email: email) { return other }
        seen.claim(email: email, row: row)
        return nil
    }
}
