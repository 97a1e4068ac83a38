/// One field of a type of records.
struct SObjectField: Sendable {
    enum Kind: String, Sendable {
        case id, string, textarea, phone, email, url, boolean, datetime, date, picklist, multipicklist, reference,
            double
    }

    /// Where the value of a record is.
    enum Source: Sendable {
        case stored, id, created, modified, isDeleted, master
        /// First and last name in one.
        case fullName
    }

    let name: String
    var label: String
    var kind: Kind
    var length = 255
    var source = Source.stored
    var isUnique = false
    var isExternalID = false
    /// A new record needs it.
    var isRequired = false
    /// The type of the records that it names.
    var target: String?
    var options: [String] = []
    /// Other values than the options are refused.
    var isRestricted = false
    /// A field that was made through the Tooling API is shown to nobody until a permission set says so.
    var isVisible = true

    init(
        _ name: String, _ kind: Kind = .string, length: Int = 255, source: Source = .stored, isUnique: Bool = false,
        isExternalID: Bool = false, isRequired: Bool = false, target: String? = nil, options: [String] = [],
        isRestricted: Bool = false
    ) {
        self.name = name
        label = name.hasSuffix("__c") ? String(name.dropLast(3)).replacing("_", with: " ") : name
        self.kind = kind
        self.length = length
        self.source = source
        self.isUnique = isUnique
        self.isExternalID = isExternalID
        self.isRequired = isRequired
        self.target = target
        self.options = options
        self.isRestricted = isRestricted
    }

    var isCustom: Bool { name.hasSuffix("__c") }
    var isWritable: Bool { source == .stored }
    /// Looked up by value often enough for an index: what Salesforce indexes, too.
    var isIndexed: Bool { isExternalID || isUnique || kind == .email || kind == .reference && name != "OwnerId" }

    /// Source: Salesforce, REST API Developer Guide, "sObject Describe".
    var json: JSON {
        [
            "name": JSON(name), "label": JSON(label), "type": JSON(kind.rawValue), "length": JSON(length),
            "createable": JSON(isWritable), "updateable": JSON(isWritable), "nillable": JSON(!isRequired),
            "externalId": JSON(isExternalID), "unique": JSON(isUnique), "custom": JSON(isCustom),
            "idLookup": JSON(isExternalID || kind == .id), "calculated": false, "filterable": JSON(kind != .textarea),
            "sortable": JSON(kind != .textarea), "defaultedOnCreate": JSON(name == "OwnerId"),
            "restrictedPicklist": JSON(isRestricted), "referenceTo": JSON(target.map { [$0] } ?? []),
            "picklistValues": .array(
                options.map { ["active": true, "defaultValue": false, "label": JSON($0), "value": JSON($0)] }),
        ]
    }
}
