extension SegmentConditions: Codable {
    /// `{"match": "all", "parts": [CONDITION, {"match": "any", "parts": [CONDITION, …]}]}`, each condition as its
    /// ``SegmentCondition/Words``.
    private enum Key: String, CodingKey { case match, parts }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        try self.init(container.decode(Match.self, forKey: .match), container.decode([Part].self, forKey: .parts))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(match, forKey: .match)
        try container.encode(parts, forKey: .parts)
    }
}

extension SegmentConditions.Part: Codable {
    private enum Key: String, CodingKey { case match, parts }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        guard container.contains(.parts) else {
            self = .condition(try SegmentCondition(from: decoder))
            return
        }
        self = .group(
            try container.decode(SegmentConditions.Match.self, forKey: .match),
            try container.decode([SegmentCondition].self, forKey: .parts))
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .condition(let condition): try condition.encode(to: encoder)
        case .group(let match, let conditions):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(match, forKey: .match)
            try container.encode(conditions, forKey: .parts)
        }
    }
}

extension SegmentCondition: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(Words(from: decoder), habits: .machine)
    }

    package func encode(to encoder: any Encoder) throws {
        try words.encode(to: encoder)
    }
}
