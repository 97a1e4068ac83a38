/// An association to be made.
struct LinkDraft: Sendable {
    let to: ObjectType
    let id: Int64
    let typeID: Int32
    let isUserDefined: Bool

    /// Reads `associations` of a create: `[{to: {id}, types: [{associationCategory, associationTypeId}]}]`.
    static func read(
        _ json: JSON?, from type: ObjectType, in state: HubSpotState
    ) throws(HubSpotError) -> [LinkDraft] {
        guard let items = json?.items, !items.isEmpty else { return [] }
        var drafts: [LinkDraft] = []
        for item in items {
            guard let id = item["to"]?["id"]?.wholeNumber, let types = item["types"]?.items, !types.isEmpty else {
                throw .validation("Invalid input JSON: associations need to.id and types")
            }
            for kind in types {
                drafts.append(try draft(kind, from: type, to: nil, id: id, in: state))
            }
        }
        return drafts
    }

    /// - Parameter to: the other kind where the path names it; else the type id tells.
    static func draft(
        _ json: JSON, from type: ObjectType, to: ObjectType?, id: Int64, in state: HubSpotState
    ) throws(HubSpotError) -> LinkDraft {
        guard let typeID = json["associationTypeId"]?.wholeNumber, let number = Int32(exactly: typeID) else {
            throw .validation("Invalid input JSON: associationTypeId is required")
        }
        let isUserDefined = json["associationCategory"]?.text == "USER_DEFINED"
        let target =
            to
            ?? ObjectType.allCases.first { other in
                AssociationTypes.labels(from: type, to: other).contains { $0["typeId"]?.wholeNumber == typeID }
            }
        guard let target else {
            throw .validation("One or more association types are not valid for \(type.name): \(typeID)")
        }
        guard let record = state.live(target, id) else {
            throw .missing(ids: [String(id)], type: target.singular.uppercased())
        }
        return LinkDraft(to: target, id: record.id, typeID: number, isUserDefined: isUserDefined)
    }
}

extension HubSpotState {
    /// Links two records in both directions. Repeating it changes nothing.
    mutating func link(_ type: ObjectType, _ id: Int64, _ draft: LinkDraft) {
        let back = AssociationTypes.standard(from: draft.to, to: type) ?? Int(draft.typeID)
        add(
            CRMRecord.Link(to: draft.to, id: draft.id, typeID: draft.typeID, isUserDefined: draft.isUserDefined),
            to: type, id)
        add(
            CRMRecord.Link(to: type, id: id, typeID: Int32(back), isUserDefined: draft.isUserDefined), to: draft.to,
            draft.id)
    }

    /// Takes all links between two records away.
    mutating func unlink(_ type: ObjectType, _ id: Int64, _ to: ObjectType, _ other: Int64) {
        _ = tables[type.rawValue].link(id) { links in links.removeAll { $0.to == to && $0.id == other } }
        _ = tables[to.rawValue].link(other) { links in links.removeAll { $0.to == type && $0.id == id } }
    }

    private mutating func add(_ link: CRMRecord.Link, to type: ObjectType, _ id: Int64) {
        _ = tables[type.rawValue].link(id) { links in
            // New links are nearly always to new records: looking at the last few finds a repetition soon enough for
            // a contact with a hundred thousand messages, and the rest is looked at only when there are few.
            let window = links.count > 1000 ? links.suffix(100) : links[...]
            if !window.contains(link) { links.append(link) }
        }
    }
}
