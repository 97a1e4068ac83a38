package import ContactFiles
package import Crypto
package import PhoneNumbers

/// Judges the rows of a file one after the other: reads what they hold, and remembers who was there before.
///
/// It does no input or output, and its memory grows by the handles it has seen alone (see ``SeenHandles``).
package struct ContactCleaner {
    private let phoneColumns: [Int]
    private let calledWhatsApp: [Int]
    private let emailColumns: [Int]
    private let whatsAppColumn: Int?
    private let nameColumn: Int?
    private let givenNameColumn: Int?
    private let familyNameColumn: Int?
    private let optOuts: OptOutColumns
    private var regions: RowRegions
    private var seen: SeenHandles

    /// - Parameters:
    ///   - region: of numbers that are written without a country code, in rows that name no country.
    ///   - key: random, for this run alone; see ``SeenHandles``.
    package init(_ mapping: ColumnMapping, region: PhoneRegion?, key: SymmetricKey) {
        phoneColumns = mapping.columns(for: .phone)
        calledWhatsApp = mapping.calledWhatsApp
        emailColumns = mapping.columns(for: .email)
        whatsAppColumn = mapping.columns(for: .whatsAppID).first
        nameColumn = mapping.columns(for: .name).first
        givenNameColumn = mapping.columns(for: .givenName).first
        familyNameColumn = mapping.columns(for: .familyName).first
        optOuts = OptOutColumns(mapping)
        regions = RowRegions(mapping, fallback: region)
        seen = SeenHandles(key: key)
    }

    package mutating func judge(_ item: FileItem) -> CleaningVerdict {
        switch item {
        case .fault(let fault): .rejected(.unreadable(fault))
        case .row(let row): judge(row)
        }
    }

    /// Whom a row concerns that says that the person opted out, whatever becomes of it; nil when it says nothing of the kind,
    /// or names nobody.
    package mutating func optOut(in item: FileItem) -> RowReach? {
        guard case .row(let row) = item, optOuts.sayNo(in: row) else { return nil }
        return reach(of: row)
    }

    /// Whom a row names, whatever becomes of it; nil when it names nobody.
    package mutating func reach(of item: FileItem) -> RowReach? {
        guard case .row(let row) = item else { return nil }
        return reach(of: row)
    }

    private mutating func reach(of row: FileRow) -> RowReach? {
        let reach = RowReach(
            row, phoneColumns: phoneColumns, emailColumns: emailColumns, whatsAppColumn: whatsAppColumn,
            region: regions.region(of: row))
        return reach.isEmpty ? nil : reach
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
        let phones = RowPhones(
            row, phoneColumns: phoneColumns, calledWhatsApp: calledWhatsApp, whatsAppColumn: whatsAppColumn,
            region: region)
        let emails = RowEmails(row, columns: emailColumns)
        let userID = whatsAppColumn.flatMap { WhatsAppUserID.read(row[$0]) }
        if let rejection = rejection(phones, emails, userID, region) { return .rejected(rejection) }
        let contact = contact(row, phones, emails, userID)
        if let (handle, earlier) = earlier(contact) {
            let duplicate = CleaningVerdict.Duplicate(handle: handle, row: earlier, optsOut: optOuts.sayNo(in: row))
            // What it knows besides is the first row's.
            _ = claim(contact, duplicate.row)
            return .duplicate(contact, of: duplicate)
        }
        var marks = marks(row, phones, emails, userID, region)
        if let other = claim(contact, row.number) { marks.append(.sharedEmail(row: other)) }
        return .accepted(contact, marks: marks)
    }

    /// A number that cannot be read is a reason to reject the row even when it has an address: the contact would be
    /// kept without its number, and nobody would mend it.
    private func rejection(
        _ phones: RowPhones, _ emails: RowEmails, _ userID: String?, _ region: RowRegions.Region
    ) -> CleaningRejection? {
        guard phones.numbers.isEmpty else { return nil }
        switch phones.trouble {
        case .several(let numbers): return .severalNumbers(numbers)
        case .refused(let problem, let text):
            return .phone(problem, suggestion: PhoneSuggestion(for: text, region: region.home?.code))
        case nil:
            guard emails.address == nil, userID == nil else { return nil }
            return emails.isLeftOut ? .email : .noHandle
        }
    }

    private func contact(
        _ row: FileRow, _ phones: RowPhones, _ emails: RowEmails, _ userID: String?
    ) -> CleanContact {
        let main = phones.main?.number
        return CleanContact(
            phone: main, otherPhones: phones.numbers.map(\.number).filter { $0 != main }, email: emails.address,
            userID: userID, name: name(row))
    }

    private func name(_ row: FileRow) -> String {
        let whole = nameColumn.map { ContactName.tidied(row[$0]) } ?? ""
        guard whole.isEmpty else { return whole }
        return ContactName.joined(
            given: givenNameColumn.map { row[$0] } ?? "", family: familyNameColumn.map { row[$0] } ?? "")
    }

    private func marks(
        _ row: FileRow, _ phones: RowPhones, _ emails: RowEmails, _ userID: String?, _ region: RowRegions.Region
    ) -> [CleaningMark] {
        var marks: [CleaningMark] = []
        if let main = phones.main {
            if main.number.validity == .possible {
                marks.append(.possibleNumber(suggestion: PhoneSuggestion(for: main.text, region: region.home?.code)))
            } else if let doubt = PhoneSuggestion(doubting: main.number, in: main.text) {
                marks.append(.plusMissing(suggestion: doubt))
            }
        }
        if phones.numbers.contains(where: \.isAmount) { marks.append(.decimalsDropped) }
        if let trouble = phones.trouble { marks.append(.phoneLeftOut(trouble.problem)) }
        if phones.leansOnAssumption, let home = region.home { marks.append(.countryUnknown(assumed: home.name)) }
        if emails.isLeftOut { marks.append(.emailLeftOut) }
        // Somebody whom WhatsApp knows by a user id is reached without a number.
        if phones.numbers.isEmpty, userID == nil, !phoneColumns.isEmpty { marks.append(.noPhone) }
        if let remark = row.remark { marks.append(.remark(remark)) }
        return marks
    }

    /// The row that holds the same contact, and by which handle that is seen.
    private func earlier(_ contact: CleanContact) -> (CleaningVerdict.Duplicate.Handle, row: Int)? {
        if let phone = contact.phone { return seen.row(phone: phone.handle).map { (.phone, $0) } }
        // Two accounts that share an address are two people.
        if let userID = contact.userID { return seen.row(userID: userID).map { (.userID, $0) } }
        return contact.email.flatMap { seen.row(email: $0.handle) }.map { (.email, $0) }
    }

    /// - Returns: the row of another contact that has the same address.
    private mutating func claim(_ contact: CleanContact, _ row: Int) -> Int? {
        for phone in [contact.phone].compactMap(\.self) + contact.otherPhones {
            seen.claim(phone: phone.handle, row: row)
        }
        if let userID = contact.userID { seen.claim(userID: userID, row: row) }
        guard let email = contact.email?.handle else { return nil }
        if let other = seen.row(email: email) { return other }
        seen.claim(email: email, row: row)
        return nil
    }
}
