/// One object of the CRM. Lean: there may be millions.
struct CRMRecord: Sendable {
    struct Value: Sendable {
        let property: UInt16
        var text: String
    }

    struct Link: Sendable, Equatable {
        let to: ObjectType
        let id: Int64
        let typeID: Int32
        let isUserDefined: Bool
    }

    let id: Int64
    let createdAt: Int64
    var modifiedAt: Int64
    var archivedAt: Int64?
    var values: [Value] = []
    var links: [Link] = []

    subscript(property: Int) -> String? {
        get { values.first { $0.property == property }?.text }
        set {
            let index = values.firstIndex { $0.property == property }
            switch (index, newValue) {
            case (let index?, let text?): values[index].text = text
            case (let index?, nil): values.remove(at: index)
            case (nil, let text?): values.append(Value(property: UInt16(truncatingIfNeeded: property), text: text))
            case (nil, nil): break
            }
        }
    }
}
