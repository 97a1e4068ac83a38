/// The org's rule against duplicate contacts: who has another's e-mail or phone number is one.
enum DuplicateRule: String, Sendable, CaseIterable {
    case off
    /// People are asked; a program says `allowSave=true` or is refused.
    case alert
    case block

    /// - Throws: `DUPLICATES_DETECTED` with the records that match.
    func check(
        _ draft: SObjectDraft, _ object: Int, except number: Int?, allowsSave: Bool, in state: SalesforceState,
        version: String
    ) throws(SalesforceError) {
        let schema = state[object].schema
        guard self != .off, schema.name == "Contact", !(self == .alert && allowsSave) else { return }
        let found = Self.matches(draft, object, in: state).filter { $0.number != number }
        guard !found.isEmpty else { return }
        let view = RecordView(object: object, state: state, version: version)
        throw Self.refusal(found.map { view.json($0, fields: [0]) }, allowsSave: self == .alert)
    }

    private static func matches(
        _ draft: SObjectDraft, _ object: Int, in state: SalesforceState
    ) -> [SObjectRecord] {
        let (schema, table) = (state[object].schema, state[object].table)
        var numbers: Set<Int> = []
        for (field, text) in draft.values {
            guard let text else { continue }
            switch schema.fields[field].kind {
            case .email: numbers.formUnion(table.numbers(with: text, in: field))
            case .phone: numbers.formUnion(table.numbers(withPhoneTail: String(text.filter(\.isASCIIDigit).suffix(7))))
            default: break
            }
        }
        return numbers.sorted().compactMap { table[$0] }.filter { !$0.isDeleted }
    }

    private static func refusal(_ records: [JSON], allowsSave: Bool) -> SalesforceError {
        var error = SalesforceError.bad("DUPLICATES_DETECTED", "Use one of these records?", fields: [])
        error.duplicateResult = [
            "allowSave": JSON(allowsSave), "duplicateRule": "Standard_Contact_Duplicate_Rule",
            "duplicateRuleEntityType": "Contact", "errorMessage": "Use one of these records?",
            "matchResults": [
                [
                    "entityType": "Contact", "errors": [], "matchEngine": "FuzzyMatchEngine",
                    "matchRecords": .array(
                        records.map { record in
                            [
                                "additionalInformation": [], "fieldDiffs": [], "matchConfidence": 100.0,
                                "record": record,
                            ]
                        }), "rule": "Standard_Contact_Match_Rule_v1_1", "size": JSON(records.count), "success": true,
                ]
            ],
        ]
        return error
    }
}
