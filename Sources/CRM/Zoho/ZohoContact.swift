import Domain

extension RemoteContact {
    /// A row of a query, of a search or of a read. Nil without an id.
    init?(zoho row: [String: ZohoCell]) {
        let values = row.compactMapValues { cell in cell.text.flatMap { $0.isEmpty ? nil : $0 } }
        guard let id = values["id"], ZohoConnector.isRecordID(id) else { return nil }
        self.init(
            id: id, puenteID: values[ZohoField.puenteID.rawValue], firstName: values["First_Name"],
            lastName: values["Last_Name"], email: values["Email"],
            phones: ZohoField.phones.compactMap { values[$0] }
                + [values[ZohoField.whatsAppID.rawValue]].compactMap(Self.phone(whatsAppID:)),
            userID: values[ZohoField.userID.rawValue], ownerID: values["Owner"],
            modifiedAt: values["Modified_Time"].flatMap(Timestamp.init(zoho:)), fields: values)
    }
}

extension ContactUpsert {
    /// What every write tells.
    private var told: ZohoRow {
        var row: ZohoRow = [ZohoField.puenteID.rawValue: .text(puenteID)]
        row[ZohoField.whatsAppID.rawValue] = waID.map { .text($0) }
        row[ZohoField.userID.rawValue] = userID.map { .text($0) }
        row[ZohoField.profileName.rawValue] = profileName.flatMap { Self.line($0, 255) }.map { .text($0) }
        return row
    }

    /// For a record that is there: people's names and numbers in it are theirs.
    /// - Parameter mapped: what the mapping writes; what is told of every contact goes before it.
    func zohoUpdate(id: String, mapped: ZohoRow = [:]) -> ZohoRow {
        var row = mapped.merging(told) { $1 }
        row["id"] = .text(id)
        return row
    }

    /// For one that this makes. Zoho demands a last name.
    func zohoCreation(mapped: ZohoRow = [:]) -> ZohoRow {
        var row = told
        if lastName == nil, firstName == nil, case .text? = mapped["Last_Name"] {
            // The mapping knows it: nothing has to stand for it.
        } else {
            let handle = waID.map { "+\($0)" } ?? userID
            let name = RecordName(
                first: firstName.map(ZohoNoteText.plain), last: lastName.map(ZohoNoteText.plain),
                fallbacks: [profileName.map(ZohoNoteText.plain), handle], cut: ZohoNoteText.cut)
            row["First_Name"] = name.first.map { .text($0) }
            row["Last_Name"] = .text(name.last)
        }
        row["Email"] = email.map { .text($0) }
        row["Mobile"] = waID.map { .text("+\($0)") }
        return mapped.merging(row) { $1 }
    }

    /// One line that fits the field; nil when nothing is left of it.
    private static func line(_ text: String?, _ limit: Int) -> String? {
        guard let text else { return nil }
        let line = ZohoNoteText.plain(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? nil : ZohoNoteText.cut(line, limit)
    }
}
