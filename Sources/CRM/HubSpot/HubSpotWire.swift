/// A contact or communication in an answer. Every property value travels as text.
struct HubSpotObject: Decodable {
    let id: String
    let properties: [String: LooseText]?
    let archived: Bool?
    let objectWriteTraceId: String?

    /// Properties that are set.
    var values: [String: String] {
        (properties ?? [:]).compactMapValues { $0.text.flatMap { $0.isEmpty ? nil : $0 } }
    }
}

struct HubSpotPaging: Decodable {
    struct Next: Decodable { let after: String }
    let next: Next?
}

/// The answer to a list or a search.
struct HubSpotPage: Decodable {
    let total: Int?
    let results: [HubSpotObject]
    let paging: HubSpotPaging?
}

/// The answer to a batch call, with 200, 201 or 207. Neither list is in the order of the inputs.
struct HubSpotBatchAnswer: Decodable {
    let results: [HubSpotObject]
    let errors: [HubSpotError]?
}

/// An error as a whole answer or as a part of a 207. Every field is optional, as HubSpot asks readers to assume.
struct HubSpotError: Decodable {
    struct Detail: Decodable {
        let message: String?
        let code: String?
        let context: [String: LooseList]?
    }

    let message: String?
    let category: String?
    let policyName: String?
    let id: String?
    let objectWriteTraceId: String?
    let context: [String: LooseList]?
    let errors: [Detail]?

    /// The finest code there is: `PROPERTY_DOESNT_EXIST`, else the category.
    var code: String? { errors?.lazy.compactMap(\.code).first ?? category }
}

/// A list of texts, or one text in its place. Anything else reads as empty.
struct LooseList: Decodable {
    let values: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([LooseText].self) {  // not a list: then it may be a single value
            values = list.compactMap(\.text)
        } else {
            values = (try container.decode(LooseText.self).text).map { [$0] } ?? []
        }
    }
}

struct HubSpotBatch<Input: Encodable>: Encodable {
    let inputs: [Input]
}

struct HubSpotWrite: Encodable, Equatable {
    struct Association: Encodable, Equatable {
        struct Target: Encodable, Equatable { let id: String }
        struct Kind: Encodable, Equatable {
            let associationCategory: String
            let associationTypeId: Int
        }
        let to: Target
        let types: [Kind]
    }

    var id: String?
    var idProperty: String?
    /// Echoed in results and errors: what tells which is whose.
    var objectWriteTraceId: String
    var properties: [String: String]
    var associations: [Association]?
}

struct HubSpotSearch: Encodable, Equatable {
    struct Filter: Encodable, Equatable {
        let propertyName: String
        let `operator`: String
        var value: String?
        var highValue: String?
        var values: [String]?
    }
    struct Group: Encodable, Equatable { let filters: [Filter] }
    struct Sort: Encodable, Equatable {
        let propertyName: String
        let direction: String
    }

    var filterGroups: [Group]
    var sorts: [Sort]
    var properties: [String]
    var limit: Int
    var after: String?
}
