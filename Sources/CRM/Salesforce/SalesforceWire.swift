/// The answer to a query: a page of records, every field as text.
/// Source: Salesforce, REST API Developer Guide, "Query".
struct SalesforcePage: Decodable {
    /// Of the whole query.
    let totalSize: Int?
    let done: Bool
    /// From the instance's root on.
    let nextRecordsUrl: String?
    let records: [[String: LooseText]]
}

/// A record that was read: the fields that are set.
struct SalesforceRecord: Equatable, Sendable {
    let values: [String: String]

    init(_ fields: [String: LooseText]) {
        // `attributes` is an object and reads as nothing.
        values = fields.compactMapValues { $0.text.flatMap { $0.isEmpty ? nil : $0 } }
    }

    var id: String { values["Id"] ?? "" }
    var isDeleted: Bool { values["IsDeleted"] == "true" }
    /// The record that this one was merged into.
    var masterID: String? { values["MasterRecordId"] }
}

/// What became of one record of a collection, at its place in the request.
struct SalesforceResult: Decodable {
    let id: String?
    let success: Bool
    let errors: [SalesforceError]?
}

/// An error of a call or of a record; the two spell the code differently.
struct SalesforceError: Decodable {
    let message: String?
    let errorCode: String?
    let statusCode: String?
    /// Those that are at fault; often none is named.
    let fields: [String]?
    let duplicateResult: SalesforceDuplicates?
    /// As versions 54 to 56 spelled it.
    let duplicateResut: SalesforceDuplicates?

    var code: String? { errorCode ?? statusCode }
    var duplicates: SalesforceDuplicates? { duplicateResult ?? duplicateResut }
}

/// What a duplicate rule found.
struct SalesforceDuplicates: Decodable {
    struct Match: Decodable { let matchRecords: [Entry]? }
    struct Entry: Decodable { let record: Record? }
    struct Record: Decodable { let Id: String? }

    let duplicateRule: LooseText?
    let matchResults: [Match]?

    static let unsaid = SalesforceDuplicates(duplicateRule: nil, matchResults: nil)

    var rule: String? { duplicateRule?.text }
    var ids: [String] {
        let ids = (matchResults ?? []).flatMap { $0.matchRecords ?? [] }.compactMap { $0.record?.Id }
        return Array(ids.prefix(10))
    }
}

/// A record to write. Nil empties a field.
struct SalesforceWrite: Encodable, Equatable {
    struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    let type: String
    var id: String?
    var fields: [String: String?]
    /// What mappings write, in the kind of each field. Where ``fields`` has the same name, that one counts.
    var mapped: [String: SalesforceValue] = [:]

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(["type": type], forKey: Name("attributes"))
        try container.encodeIfPresent(id, forKey: Name("id"))
        for (name, value) in fields {
            if let value {
                try container.encode(value, forKey: Name(name))
            } else {
                try container.encodeNil(forKey: Name(name))
            }
        }
        for (name, value) in mapped where fields[name] == nil {
            try container.encode(value, forKey: Name(name))
        }
    }
}

struct SalesforceCollection: Encodable {
    let allOrNone = false
    let records: [SalesforceWrite]
}
