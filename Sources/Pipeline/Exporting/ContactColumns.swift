internal import ContactFiles
internal import Domain
internal import PhoneNumbers
internal import Store

/// Contacts in columns. The headings are words that our own import knows, the same in every language; behind them stand
/// the company's own fields under their names.
struct ContactColumns: Sendable {
    /// Of ours, behind the company's own fields.
    private static let last = 6

    private let fields: [ImportField]

    init(_ fields: [ImportField]) {
        self.fields = fields
    }

    var headings: [String] {
        let own = ExportFormat.exportHeadings
        return own.dropLast(Self.last) + fields.map(heading(of:)) + own.suffix(Self.last)
    }

    /// A field with the name of one of our columns, or of another field, is told by its key.
    private func heading(of field: ImportField) -> String {
        let name = PeopleName.folded(field.name)
        let isTaken =
            ExportFormat.exportHeadings.contains { PeopleName.folded($0) == name }
            || fields.contains { $0.key != field.key && PeopleName.folded($0.name) == name }
        return isTaken ? ColumnUse.field(field.key).description : field.name
    }

    func cells(_ contact: ExportedContact) -> [String] {
        let optedOut = contact.marketing == "withdrawn"
        let first = [
            contact.phones.first.map { "+\($0)" } ?? "", contact.phones.dropFirst().first.map { "+\($0)" } ?? "",
            contact.name, contact.emails.first ?? "", contact.emails.dropFirst().first ?? "", contact.profileName,
            contact.username ?? "", contact.language ?? "", LabelList.text(contact.labels), contact.note,
            contact.marketing == "granted" ? "yes" : "", optedOut ? "yes" : "",
            contact.isDoubleOptIn && contact.marketing == "granted" ? "yes" : "",
            contact.states.joined(separator: ", "),
        ]
        let last = [
            contact.userIDs.first ?? "", contact.phones.first.map { PhoneNumber.kind(of: $0).code } ?? "",
            contact.isUnreachable ? "yes" : "", contact.id.description, contact.createdAt.day, contact.updatedAt.day,
        ]
        return first + fields.map { contact.fields[$0.key] ?? "" } + last
    }
}

extension VCardPerson {
    init(_ contact: ExportedContact) {
        self.init()
        id = contact.id.description
        name = contact.name
        substitute = contact.profileName
        phones = contact.phones.map { "+\($0)" }
        emails = contact.emails
        userID = contact.userIDs.first ?? ""
        company = contact.fields["company"] ?? ""
        labels = contact.labels
        language = contact.language ?? ""
        birthday = contact.fields["birthday"] ?? ""
        note = contact.note
    }
}

/// Contacts as a JSON array, one to a line.
struct ContactJSON: Sendable {
    private struct Contact: Encodable {
        let id: ContactID
        let name: String
        let profileName: String
        let username: String?
        let phones: [String]
        let emails: [String]
        let userIDs: [String]
        let language: String?
        let note: String
        let labels: [String]
        let fields: [String: String]
        let marketing: Marketing?
        let states: [String]
        let numberKind: String?
        let isUnreachable: Bool
        let createdAt: String
        let updatedAt: String

        enum CodingKeys: String, CodingKey {
            case id, name, username, phones, emails, language, note, labels, fields, marketing, states
            case profileName = "profile_name"
            case userIDs = "user_ids"
            case numberKind = "number_kind"
            case isUnreachable = "unreachable"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }

        struct Marketing: Encodable {
            let standing: String
            let isDouble: Bool

            enum CodingKeys: String, CodingKey {
                case standing
                case isDouble = "double_opt_in"
            }
        }
    }

    private var buffer: [UInt8] = Array("[".utf8)
    private var isFirst = true

    mutating func add(_ contact: ExportedContact) throws {
        let value = Contact(
            id: contact.id, name: contact.name, profileName: contact.profileName, username: contact.username,
            phones: contact.phones.map { "+\($0)" }, emails: contact.emails, userIDs: contact.userIDs,
            language: contact.language, note: contact.note, labels: contact.labels, fields: contact.fields,
            marketing: contact.marketing.map { .init(standing: $0, isDouble: contact.isDoubleOptIn) },
            states: contact.states, numberKind: contact.phones.first.map { PhoneNumber.kind(of: $0).code },
            isUnreachable: contact.isUnreachable, createdAt: contact.createdAt.day, updatedAt: contact.updatedAt.day)
        buffer += Array((isFirst ? "\n" : ",\n").utf8) + Array(try JSONText.encode(value).utf8)
        isFirst = false
    }

    mutating func finish() {
        buffer += Array("\n]\n".utf8)
    }

    mutating func take() -> [UInt8] {
        defer { buffer.removeAll(keepingCapacity: true) }
        return buffer
    }
}
