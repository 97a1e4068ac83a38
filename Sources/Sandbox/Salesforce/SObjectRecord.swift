/// One record. Lean: there may be millions.
struct SObjectRecord: Sendable {
    struct Value: Sendable {
        let field: UInt16
        var text: String
    }

    /// Of its type; its id is made of it.
    let number: Int
    let createdAt: Int64
    /// Milliseconds, of which Salesforce shows the seconds.
    var modifiedAt: Int64
    var isDeleted = false
    /// The record that this one was merged into.
    var masterNumber: Int?
    var values: [Value] = []

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
