import Domain

/// Reads the rows of a mapping, as the API and files write them.
enum MappingReader {
    private enum Kind: String, CaseIterable { case letters, phone, date, choices, part, template }

    static func rows(_ body: BodyObject) -> [MappingRow] {
        body.objects("rows", 0...FieldMapping.maxRows, row)
    }

    private static func row(_ body: BodyObject) -> MappingRow? {
        body.allow("local", "remote", "direction", "rule", "transforms", "fallback", "enabled")
        let local = local(body)
        let remote = body.text("remote", 1...MappingRow.maxRemoteName)
        let direction = body.choice("direction", of: SyncDirection.self)
        let rule = body.choice("rule", of: SyncRule.self)
        let transforms = body.objects("transforms", 0...10, isOptional: true, transform)
        let fallback = body.isNull("fallback") ? nil : body.optionalText("fallback", 1...MappingRow.maxFallback)
        let isOn = body.optionalBool("enabled") ?? true
        guard let local, let remote, let direction, let rule else { return nil }
        return MappingRow(
            local: local, remote: remote, direction: direction, rule: rule, transforms: transforms,
            fallback: fallback, isOn: isOn)
    }

    private static func local(_ body: BodyObject) -> LocalField? {
        guard let text = body.text("local", 1...100) else { return nil }
        if let local = LocalField(rawValue: text) { return local }
        body.note("local", en: "is no field of Puente", es: "no es un campo de Puente")
        return nil
    }

    private static func transform(_ body: BodyObject) -> FieldTransform? {
        switch body.choice("kind", of: Kind.self) {
        case .letters:
            body.allow("kind", "form")
            return body.choice("form", of: FieldTransform.LetterCase.self).map(FieldTransform.letters)
        case .phone:
            body.allow("kind", "form")
            return body.choice("form", of: FieldTransform.PhoneForm.self).map(FieldTransform.phone)
        case .date:
            body.allow("kind", "form")
            return body.choice("form", of: FieldTransform.DateForm.self).map(FieldTransform.date)
        case .choices:
            body.allow("kind", "table", "otherwise")
            let otherwise = body.isNull("otherwise") ? nil : body.optionalText("otherwise", 1...200)
            return .choices(body.objects("table", 1...200, choice), otherwise: otherwise)
        case .part:
            body.allow("kind", "part", "separator")
            let number = body.integer("part", 1...100)
            guard let separator = body.text("separator", 1...20), let number else { return nil }
            return .part(Int(number), separator: separator)
        case .template:
            body.allow("kind", "text")
            return body.text("text", 1...2000).map(FieldTransform.template)
        case nil: return nil
        }
    }

    private static func choice(_ body: BodyObject) -> FieldTransform.Choice? {
        body.allow("ours", "theirs")
        let ours = body.text("ours", 1...200)
        guard let theirs = body.text("theirs", 1...200), let ours else { return nil }
        return FieldTransform.Choice(ours: ours, theirs: theirs)
    }
}

extension MappingRow {
    var json: JSONObject {
        [
            "local": local.rawValue, "remote": remote, "direction": direction.rawValue, "rule": rule.rawValue,
            "transforms": transforms.map(\.json), "fallback": fallback, "enabled": isOn,
        ]
    }
}

extension FieldTransform {
    var json: JSONObject {
        switch self {
        case .letters(let form): ["kind": "letters", "form": form.rawValue]
        case .phone(let form): ["kind": "phone", "form": form.rawValue]
        case .date(let form): ["kind": "date", "form": form.rawValue]
        case .choices(let table, let otherwise):
            (["kind": "choices", "table": table.map(\.json), "otherwise": otherwise] as JSONObject).withoutNulls
        case .part(let number, let separator): ["kind": "part", "part": number, "separator": separator]
        case .template(let text): ["kind": "template", "text": text]
        }
    }
}

extension FieldTransform.Choice {
    fileprivate var json: JSONObject { ["ours": ours, "theirs": theirs] }
}
