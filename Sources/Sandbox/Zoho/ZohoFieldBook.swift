/// The fields of one module. Each has a small number, under which records keep their values.
struct ZohoFieldBook: Sendable {
    static let mostPerCall = 5

    private(set) var fields: [ZohoField?] = []
    private var numbers: [String: Int] = [:]
    /// As they were before people changed them at the controls.
    private var originals: [String: (number: Int, field: ZohoField)] = [:]

    init(for module: ZohoModule) {
        for field in Self.standard(module) {
            var field = field
            field.id = 554_023_000_000_002_000 + Int64(module.rawValue) * 1000 + Int64(fields.count)
            insert(field)
        }
    }

    func number(of name: String) -> Int? {
        guard let number = numbers[name], fields[number] != nil else { return nil }
        return number
    }

    subscript(name: String) -> ZohoField? { number(of: name).flatMap { fields[$0] } }

    var all: [ZohoField] { fields.compactMap { $0 } }

    /// - Returns: the new field with its id; its name is another one when the wished one is taken.
    mutating func add(_ field: ZohoField, firstID: Int64) throws(ZohoError) -> ZohoField {
        guard self[field.name] == nil else {
            throw ZohoError("DUPLICATE_DATA", "duplicate data", details: ["api_name": "field_label"])
        }
        var field = field
        field.id = firstID + Int64(fields.count)
        insert(field)
        return field
    }

    /// False when there is no custom field of this id.
    mutating func remove(id: Int64) -> Bool {
        guard let number = fields.firstIndex(where: { $0?.id == id && $0?.isCustom == true }) else { return false }
        if let name = fields[number]?.name { numbers[name] = nil }
        fields[number] = nil
        return true
    }

    private mutating func insert(_ field: ZohoField) {
        numbers[field.name] = fields.count
        fields.append(field)
    }

    // MARK: What an administrator does

    /// - Returns: false when there is no such field.
    mutating func take(_ name: String) -> Bool {
        guard remember(name), let number = number(of: name) else { return false }
        fields[number] = nil
        numbers[name] = nil
        return true
    }

    mutating func retype(_ name: String, _ kind: ZohoField.Kind) -> Bool {
        guard remember(name), let number = number(of: name) else { return false }
        fields[number]?.kind = kind
        return true
    }

    /// As it was, with its values, unless somebody has made it anew: then of its old kind.
    /// - Returns: false when nothing was changed.
    mutating func putBack(_ name: String) -> Bool {
        guard let original = originals.removeValue(forKey: name) else { return false }
        let number = number(of: name) ?? original.number
        fields[number] = original.field
        numbers[name] = number
        return true
    }

    private mutating func remember(_ name: String) -> Bool {
        guard let number = number(of: name), let field = fields[number] else { return false }
        if originals[name] == nil { originals[name] = (number, field) }
        return true
    }

    // MARK: Zoho's own fields

    private static func standard(_ module: ZohoModule) -> [ZohoField] {
        common(module) + special(module)
    }

    private static func common(_ module: ZohoModule) -> [ZohoField] {
        let people = ["Created_By", "Modified_By"].map { readOnly(ZohoField($0, .ownerlookup)) }
        let times = ["Created_Time", "Modified_Time"].map { readOnly(ZohoField($0, .datetime)) }
        return [readOnly(ZohoField("id", .bigint)), ZohoField("Owner", .ownerlookup)] + people + times
    }

    private static func special(_ module: ZohoModule) -> [ZohoField] {
        switch module {
        case .contacts:
            person + ["Home_Phone", "Other_Phone", "Asst_Phone"].map { ZohoField($0, .phone) }
                + [ZohoField("Department", length: 50), ZohoField("Mailing_City"), ZohoField("Mailing_Country")]
                + [ZohoField("Date_of_Birth", .date)]
        case .leads: person + [mandatory(ZohoField("Company", length: 200)), ZohoField("Lead_Status", .picklist)]
        case .notes:
            [
                ZohoField("Note_Title", length: 120), ZohoField("Note_Content", .textarea, length: 65_535),
                mandatory(ZohoField("Parent_Id", .lookup)),
            ]
        case .messages: [mandatory(ZohoField("Name", length: 120))]
        }
    }

    private static let person: [ZohoField] = [
        ZohoField("First_Name", length: 40), mandatory(ZohoField("Last_Name", length: 80)),
        readOnly(ZohoField("Full_Name")), ZohoField("Email", .email), ZohoField("Secondary_Email", .email),
        ZohoField("Phone", .phone), ZohoField("Mobile", .phone), ZohoField("Fax", .phone),
        ZohoField("Title", length: 100), ZohoField("Lead_Source", .picklist),
        ZohoField("Description", .textarea, length: 32_000), ZohoField("Email_Opt_Out", .boolean),
        readOnly(ZohoField("Last_Activity_Time", .datetime)), ZohoField("Tag"),
    ]

    private static func mandatory(_ field: ZohoField) -> ZohoField {
        var field = field
        field.isMandatory = true
        return field
    }

    private static func readOnly(_ field: ZohoField) -> ZohoField {
        var field = field
        field.isReadOnly = true
        return field
    }
}
