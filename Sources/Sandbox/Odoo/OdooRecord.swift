/// One record. Kept small: there may be millions.
struct OdooRecord: Sendable {
    private struct Cell: Sendable {
        let field: Int
        var value: OdooValue
    }

    let id: Int64
    /// Milliseconds. Odoo stores fractions and reads out whole seconds.
    let createdAt: Int64
    let createdBy: Int64
    var writtenAt: Int64
    var writtenBy: Int64
    /// Deleted, or never committed: its id is not given again.
    private(set) var isGone = false
    private var cells: [Cell] = []

    init(id: Int64, at now: Int64, by user: Int64) {
        self.id = id
        createdAt = now
        createdBy = user
        writtenAt = now
        writtenBy = user
    }

    /// The field's value as it is stored; computed ones are not here.
    subscript(field: Int) -> OdooValue? {
        get {
            switch field {
            case OdooFieldBook.id: .integer(id)
            case OdooFieldBook.createDate: .integer(createdAt)
            case OdooFieldBook.writeDate: .integer(writtenAt)
            case OdooFieldBook.createUID: .integer(createdBy)
            case OdooFieldBook.writeUID: .integer(writtenBy)
            default: cells.first { $0.field == field }?.value
            }
        }
        set {
            guard field > OdooFieldBook.displayName else { return }
            let index = cells.firstIndex { $0.field == field }
            switch (index, newValue) {
            case (let index?, let value?): cells[index].value = value
            case (let index?, nil): cells.remove(at: index)
            case (nil, let value?): cells.append(Cell(field: field, value: value))
            case (nil, nil): break
            }
        }
    }

    /// What is left of a deleted record: its id.
    var gone: OdooRecord {
        var copy = OdooRecord(id: id, at: createdAt, by: createdBy)
        copy.isGone = true
        return copy
    }
}
