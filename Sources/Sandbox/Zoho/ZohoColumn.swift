/// Where the value of a record stands that a name means: in a field people fill, or in what Zoho keeps itself.
enum ZohoColumn: Sendable, Equatable {
    case id, owner, creator, modifier, created, modified, activity, fullName, tags
    case field(Int)

    init?(_ name: String, in book: ZohoFieldBook) {
        switch name {
        case "id": self = .id
        case "Owner": self = .owner
        case "Created_By": self = .creator
        case "Modified_By": self = .modifier
        case "Created_Time": self = .created
        case "Modified_Time": self = .modified
        case "Last_Activity_Time" where book[name] != nil: self = .activity
        case "Full_Name" where book[name] != nil: self = .fullName
        case "Tag" where book[name] != nil: self = .tags
        default:
            guard let number = book.number(of: name) else { return nil }
            self = .field(number)
        }
    }

    /// The value as text, for comparing and searching. Times are milliseconds.
    func text(of record: ZohoRecord, _ book: ZohoFieldBook) -> String? {
        switch self {
        case .id: String(record.id)
        case .owner: String(record.owner.id)
        case .creator: String(record.creator.id)
        case .modifier: String(record.modifier.id)
        case .created: String(record.createdAt)
        case .modified: String(record.modifiedAt)
        case .activity: record.activityAt.map { String($0) }
        case .fullName: Self.fullName(of: record, book)
        case .tags: record.tags.isEmpty ? nil : record.tags.joined(separator: ",")
        case .field(let number): record[number]
        }
    }

    static func fullName(of record: ZohoRecord, _ book: ZohoFieldBook) -> String? {
        let parts = ["First_Name", "Last_Name"].compactMap { book.number(of: $0).flatMap { record[$0] } }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// Whether values compare as moments.
    func isTime(_ book: ZohoFieldBook) -> Bool {
        switch self {
        case .created, .modified, .activity: true
        case .field(let number): book.fields[number]?.kind == .datetime
        default: false
        }
    }
}
