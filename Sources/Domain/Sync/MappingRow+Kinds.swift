/// What kind of value goes through the transforms of a row.
enum PassingKind: Equatable {
    case of(FieldShape)
    /// Words that whoever made the mapping chose.
    case chosen
    /// No value comes through.
    case nothing

    func fits(into shape: FieldShape) -> Bool {
        switch self {
        case .of(let kind): kind.fits(into: shape)
        case .chosen: shape != .other
        case .nothing: false
        }
    }

    fileprivate func isOne(of kinds: FieldShape...) -> Bool {
        switch self {
        case .of(let kind): kinds.contains(kind)
        case .chosen: true
        case .nothing: false
        }
    }
}

extension MappingRow {
    /// Whether any value of these kinds comes through; what a single one is, is seen when it goes over.
    func passes(ours: FieldShape, theirs: FieldShape) -> Bool {
        let given = transforms.reduce(PassingKind.of(ours)) { $1.forth($0) }
        if direction.givesOurs, !given.fits(into: theirs) || !areDaysReadable(in: theirs) { return false }
        // What does not work that way at all is said of the transform.
        guard direction.takesTheirs, transforms.allSatisfy(\.isReversible) else { return true }
        return transforms.reversed().reduce(PassingKind.of(theirs)) { $1.back($0) }.fits(into: ours)
    }

    /// A field for days takes them in one writing only.
    private func areDaysReadable(in theirs: FieldShape) -> Bool {
        guard theirs == .date || theirs == .moment, case .date(let form)? = transforms.last else { return true }
        return form == .yearMonthDay
    }
}

extension FieldTransform {
    /// Towards the CRM.
    fileprivate func forth(_ kind: PassingKind) -> PassingKind {
        switch self {
        case .letters: kind
        case .phone(let form): Self.readsNumbers(kind) ? .of(form.isMarked ? .phone : .text) : .nothing
        case .date: kind.isOne(of: .date, .moment, .text, .choice) ? .of(.text) : .nothing
        case .choices: kind == .nothing ? .nothing : .chosen
        case .part: kind == .nothing ? .nothing : .of(.text)
        // It stands on whatever it names.
        case .template: .of(.text)
        }
    }

    /// From there.
    fileprivate func back(_ kind: PassingKind) -> PassingKind {
        switch self {
        case .letters: kind
        case .phone: Self.readsNumbers(kind) ? .of(.phone) : .nothing
        case .date(.yearMonthDay): kind.isOne(of: .date, .moment, .text, .choice) ? .of(.date) : .nothing
        case .date: kind.isOne(of: .text, .choice) ? .of(.date) : .nothing
        case .choices: kind == .nothing ? .nothing : .chosen
        case .part, .template: .nothing
        }
    }

    private static func readsNumbers(_ kind: PassingKind) -> Bool { kind.isOne(of: .phone, .text, .number, .choice) }
}

extension FieldTransform.PhoneForm {
    /// With its country: a number, and nothing else.
    fileprivate var isMarked: Bool {
        switch self {
        case .e164, .international: true
        case .digits, .national: false
        }
    }
}
