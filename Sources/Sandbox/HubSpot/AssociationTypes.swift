/// HubSpot's own association types between the kinds kept here. Source: HubSpot, "Associations: type ids".
enum AssociationTypes {
    /// The unlabelled type in this direction; nil when HubSpot has none of its own.
    static func standard(from: ObjectType, to: ObjectType) -> Int? {
        switch (from, to) {
        case (.communications, .contacts): 81
        case (.contacts, .communications): 82
        case (.communications, .companies): 87
        case (.companies, .communications): 88
        case (.notes, .contacts): 202
        case (.contacts, .notes): 201
        case (.tasks, .contacts): 204
        case (.contacts, .tasks): 203
        case (.contacts, .companies): 279
        case (.companies, .contacts): 280
        case (.contacts, .contacts): 449
        default: nil
        }
    }

    static func labels(from: ObjectType, to: ObjectType) -> [JSON] {
        var labels: [JSON] = []
        if (from, to) == (.contacts, .companies) || (from, to) == (.companies, .contacts) {
            labels.append([
                "category": "HUBSPOT_DEFINED", "typeId": from == .contacts ? 1 : 2, "label": "Primary",
            ])
        }
        if let type = standard(from: from, to: to) {
            labels.append(["category": "HUBSPOT_DEFINED", "typeId": JSON(type), "label": .null])
        }
        return labels
    }
}
