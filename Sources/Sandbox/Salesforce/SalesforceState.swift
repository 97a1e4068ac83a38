import Domain

/// Everything the org remembers, behind the one lock of ``Salesforce``.
struct SalesforceState: Sendable {
    struct SObject: Sendable {
        var schema: SObjectSchema
        var table: SObjectTable
    }

    private(set) var objects: [SObject] = []
    private var numbers: [String: Int] = [:]
    private let capacity: Int
    /// How long the search index takes to see a change; queries see it at once.
    let searchLag: Int64
    var duplicateRule = DuplicateRule.off
    /// Whether the integration's user may change the set-up ("Customize Application").
    var mayCustomise = true
    var contactWrites = ContactWrites()
    /// Results of queries that were longer than a page.
    var pages = QueryPages()
    private(set) var userID = ""

    init(_ configuration: SandboxConfiguration, now: Int64) {
        capacity = configuration.bounds.crmRecords
        searchLag = configuration.searchIndexDelay.wholeMilliseconds
        for schema in SObjectSchema.standard { add(schema) }
        let username = configuration.salesforce.username
        userID = makeUser(username, name: "WhatsApp Bridge", email: username, now: now)
        for person in Self.people {
            _ = makeUser("\(person.email).sandbox", name: person.name, email: person.email, person.isActive, now: now)
        }
        _ = makeUser("autoproc@ejemplo.example", name: "Automated Process", type: "AutomatedProcess", now: now)
    }

    private static let people = [
        (name: "Marta Gil", email: "marta.gil@ejemplo.example", isActive: true),
        (name: "Luis Pardo", email: "Luis.Pardo@ejemplo.example", isActive: true),
        (name: "Rosa Díaz", email: "rosa.diaz@ejemplo.example", isActive: false),
    ]

    private mutating func makeUser(
        _ username: String, name: String, email: String? = nil, _ isActive: Bool = true, type: String = "Standard",
        now: Int64
    ) -> String {
        guard let object = number(of: "User") else { return "" }
        let schema = objects[object].schema
        let values = [
            "Username": username, "Name": name, "Email": email, "IsActive": isActive ? "true" : "false",
            "UserType": type,
        ]
        let record = objects[object].table.insert(at: now) { record in
            for (field, value) in values {
                if let number = schema.number(of: field), let value { record[number] = value }
            }
        }
        return id(record, of: object)
    }

    // MARK: Types

    func number(of type: String) -> Int? { numbers[type.lowercased()] }

    func object(_ type: String) throws(SalesforceError) -> Int {
        guard let number = number(of: type) else { throw .unknownType(type) }
        return number
    }

    subscript(object: Int) -> SObject { objects[object] }

    mutating func add(_ schema: SObjectSchema) {
        guard number(of: schema.name) == nil else { return }
        numbers[schema.name.lowercased()] = objects.count
        objects.append(SObject(schema: schema, table: SObjectTable(schema, capacity: capacity)))
    }

    mutating func add(_ field: SObjectField, to object: Int) {
        let number = objects[object].schema.insert(field)
        if field.isIndexed { objects[object].table.addIndex(number) }
    }

    /// Lets an administrator change the fields of a type.
    mutating func changeSchema(of object: Int, _ work: (inout SObjectSchema) -> Bool) -> Bool {
        work(&objects[object].schema)
    }

    mutating func reveal(_ field: String, of type: String) {
        if let object = number(of: type) { objects[object].schema.reveal(field) }
    }

    // MARK: Records

    func id(_ record: SObjectRecord, of object: Int) -> String {
        SalesforceID.text(prefix: objects[object].schema.prefix, number: record.number)
    }

    /// Deleted ones, too, while they are in the recycle bin.
    func record(_ id: String, of object: Int) -> SObjectRecord? {
        SalesforceID.number(of: id, prefix: objects[object].schema.prefix).flatMap { objects[object].table[$0] }
    }

    /// - Throws: `ENTITY_IS_DELETED` or `NOT_FOUND`.
    func live(_ id: String, of object: Int) throws(SalesforceError) -> SObjectRecord {
        guard SalesforceID.full(id) != nil else {
            throw .bad("MALFORMED_ID", "malformed id \(id.prefix(40))", fields: ["Id"])
        }
        guard let record = record(id, of: object) else { throw .notFound }
        guard !record.isDeleted else { throw .deleted }
        return record
    }

    /// The living records with this value of an external id.
    func matches(_ value: String, in field: Int, of object: Int) -> [SObjectRecord] {
        let table = objects[object].table
        return table.numbers(with: value, in: field).compactMap { table[$0] }.filter { !$0.isDeleted }
    }

    mutating func insert(
        _ draft: SObjectDraft, into object: Int, at now: Int64
    ) throws(SalesforceError) -> SObjectRecord {
        try check(draft, object, except: nil)
        let record = objects[object].table.insert(at: now) { record in
            for (field, text) in draft.values { record[field] = text }
        }
        showFields(after: object)
        return record
    }

    mutating func update(
        _ number: Int, of object: Int, _ draft: SObjectDraft, at now: Int64
    ) throws(SalesforceError) -> SObjectRecord {
        try check(draft, object, except: number)
        let changed = objects[object].table.update(number, at: now) { record in
            for (field, text) in draft.values { record[field] = text }
        }
        guard let changed else { throw .notFound }
        return changed
    }

    mutating func change(_ number: Int, of object: Int, at now: Int64, _ work: (inout SObjectRecord) -> Void) {
        objects[object].table.update(number, at: now, work)
    }
}
