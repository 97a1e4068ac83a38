/// A value of a request's record.
enum ZohoValue: Encodable, Equatable, Sendable {
    case text(String)
    case flag(Bool)
    case number(Int)
    case decimal(Double)
    /// Empties a field.
    case null
    case object([String: ZohoValue])
    case list([ZohoValue])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .decimal(let number): try container.encode(number)
        case .null: try container.encodeNil()
        case .object(let object): try container.encode(object)
        case .list(let list): try container.encode(list)
        }
    }
}

typealias ZohoRow = [String: ZohoValue]

/// A value in an answer, read as text: a record that is referred to by its id, a list by its elements or their names, with
/// `;` between them.
struct ZohoCell: Decodable, Equatable {
    private struct Reference: Decodable {
        let id: LooseText?
        let name: String?
    }

    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let reference = try? container.decode(Reference.self) {  // no object: then the next kind is tried
            text = reference.id?.text
        } else if let list = try? container.decode([Reference].self) {  // no list of objects: then it is a plain value
            text = list.compactMap(\.name).joined(separator: ";")
        } else if let list = try? container.decode([LooseText].self) {  // no list at all: then it is a plain value
            text = list.compactMap(\.text).joined(separator: ";")
        } else {
            text = try container.decode(LooseText.self).text
        }
    }
}

/// A list's answer. One without rows has no body at all (204).
struct ZohoPage: Decodable {
    struct Info: Decodable {
        let more_records: Bool?
        let next_page_token: String?
    }

    let data: [[String: ZohoCell]]
    let info: Info?

    var isMore: Bool { info?.more_records == true }
}

/// What became of one record of a write; also the form of an error that is about the whole call.
struct ZohoItem: Decodable {
    struct Details: Decodable {
        struct Record: Decodable { let id: LooseText? }

        let id: LooseText?
        let api_name: String?
        let json_path: String?
        let duplicate_record: Record?
        let expected_data_type: String?
        let maximum_length: LooseText?
        let column_name: LooseText?
        let param_name: String?
        let errors: [ZohoItem]?
        let events: [ZohoChannel]?
    }

    let code: String?
    let message: String?
    let status: String?
    let details: Details?

    var isSuccess: Bool { status == "success" && (code == "SUCCESS" || code == "SCHEDULED") }
}

/// One module of a channel.
struct ZohoChannel: Decodable {
    let channel_id: LooseText?
    let channel_expiry: String?
}

/// The answer to a write: with 200, 201, 202, 207, and with 400 and others when every record failed.
struct ZohoWriteAnswer: Decodable {
    let items: [ZohoItem]

    private enum CodingKeys: String, CodingKey, CaseIterable { case data, fields, watch, recycle_bin }

    /// - Throws: when it has no list of items.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let key = CodingKeys.allCases.first(where: container.contains) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no items"))
        }
        items = try container.decode([ZohoItem].self, forKey: key)
    }
}
