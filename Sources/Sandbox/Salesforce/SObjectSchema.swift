/// The fields of a type of records. Each has a small number, under which records keep their values.
struct SObjectSchema: Sendable {
    let name: String
    let label: String
    /// The first three characters of its records' ids.
    let prefix: String
    private(set) var fields: [SObjectField] = []
    private var numbers: [String: Int] = [:]
    /// As they were before people changed them at the controls.
    private var originals: [String: SObjectField] = [:]

    init(_ name: String, _ prefix: String, label: String? = nil, _ special: [SObjectField]) {
        self.name = name
        self.prefix = prefix
        self.label = label ?? name
        let common: [SObjectField] = [
            .init("Id", .id, length: 18, source: .id), .init("IsDeleted", .boolean, source: .isDeleted),
            .init("CreatedDate", .datetime, source: .created),
            .init("LastModifiedDate", .datetime, source: .modified),
            .init("SystemModstamp", .datetime, source: .modified),
        ]
        for field in common + special { insert(field) }
    }

    /// The number of a field that the integration's user may see, whatever the case of the name.
    func number(of name: String) -> Int? {
        guard let number = numbers[name.lowercased()], fields[number].isVisible else { return nil }
        return number
    }

    subscript(name: String) -> SObjectField? { number(of: name).map { fields[$0] } }

    /// Whether there is such a field, visible or not.
    func hasField(_ name: String) -> Bool { numbers[name.lowercased()] != nil }

    var visible: [SObjectField] { fields.filter(\.isVisible) }

    @discardableResult
    mutating func insert(_ field: SObjectField) -> Int {
        numbers[field.name.lowercased()] = fields.count
        fields.append(field)
        return fields.count - 1
    }

    mutating func reveal(_ name: String) {
        if let number = numbers[name.lowercased()] { fields[number].isVisible = true }
    }

    // MARK: What an administrator does

    /// Hides a field from the integration's user, to whom it is then as good as deleted.
    /// - Returns: false when there is no such field.
    mutating func take(_ name: String) -> Bool { change(name) { $0.isVisible = false } }

    mutating func retype(_ name: String, _ kind: SObjectField.Kind) -> Bool { change(name) { $0.kind = kind } }

    /// - Returns: false when nothing was changed.
    mutating func putBack(_ name: String) -> Bool {
        guard let number = numbers[name.lowercased()], let original = originals.removeValue(forKey: name.lowercased())
        else { return false }
        fields[number] = original
        return true
    }

    private mutating func change(_ name: String, _ work: (inout SObjectField) -> Void) -> Bool {
        guard let number = number(of: name) else { return false }
        let key = name.lowercased()
        originals[key] = originals[key] ?? fields[number]
        work(&fields[number])
        return true
    }

    /// The number of a field by which records may be found and upserted.
    func key(_ name: String) throws(SalesforceError) -> Int {
        guard let number = number(of: name), fields[number].isExternalID || fields[number].kind == .id else {
            throw .bad(
                "INVALID_FIELD",
                "Field name provided, \(name.prefix(80)) is not an External ID or indexed field for "
                    + self.name)
        }
        return number
    }

    var isCustom: Bool { name.hasSuffix("__c") }

    var summary: JSON {
        [
            "name": JSON(name), "label": JSON(label), "keyPrefix": JSON(prefix), "custom": JSON(isCustom),
            "createable": true, "updateable": true, "deletable": true, "queryable": true, "searchable": true,
        ]
    }

    var describe: JSON {
        var json = summary
        json["fields"] = .array(visible.map(\.json))
        return json
    }
}
