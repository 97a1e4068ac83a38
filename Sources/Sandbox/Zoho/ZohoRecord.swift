/// One record of a module. Lean: there may be millions.
struct ZohoRecord: Sendable {
    struct Value: Sendable {
        let field: UInt16
        var text: String
    }

    let id: Int64
    /// Milliseconds, whole seconds.
    let createdAt: Int64
    var modifiedAt: Int64
    /// From when on searches see it.
    let searchableAt: Int64
    let creator: ZohoUser
    var modifier: ZohoUser
    var owner: ZohoUser
    var activityAt: Int64?
    var deletedAt: Int64?
    var values: [Value] = []
    var tags: [String] = []

    init(id: Int64, at now: Int64, searchLag: Int64, by user: ZohoUser) {
        self.id = id
        createdAt = ZohoTime.wholeSecond(now)
        modifiedAt = createdAt
        searchableAt = now + searchLag
        creator = user
        modifier = user
        owner = user
    }

    subscript(field: Int) -> String? {
        get { values.first { $0.field == field }?.text }
        set {
            let index = values.firstIndex { $0.field == field }
            switch (index, newValue) {
            case (let index?, let text?): values[index].text = text
            case (let index?, nil): values.remove(at: index)
            case (nil, let text?): values.append(Value(field: UInt16(truncatingIfNeeded: field), text: text))
            case (nil, nil): break
            }
        }
    }
}

/// One row of `GET /crm/v8/{module}/deleted`.
struct ZohoDeletion: Sendable {
    let id: Int64
    let name: String
    var isPermanent: Bool
    let at: Int64
    let by: ZohoUser
    let creator: ZohoUser

    var json: JSON {
        [
            "deleted_by": by.shortReference, "id": JSON(String(id)), "display_name": JSON(name),
            "type": isPermanent ? "permanent" : "recycle", "created_by": creator.shortReference,
            "deleted_time": JSON(ZohoTime.text(at)),
        ]
    }
}
