import Domain

extension InteractiveContent {
    var json: JSONObject {
        ["header": header?.json, "body": body, "footer": footer, "action": action.json]
    }
}

extension InteractiveContent.Header {
    fileprivate var json: JSONObject {
        switch self {
        case .text(let text): ["type": "text", "text": text]
        case .media(let media): media.json.typed("media")
        }
    }
}

extension InteractiveContent.Action {
    fileprivate var json: JSONObject {
        switch self {
        case .buttons(let buttons):
            ["type": "buttons", "buttons": buttons.map { ["id": $0.id, "title": $0.title] as JSONObject }]
        case .list(let button, let sections):
            ["type": "list", "button": button, "sections": sections.map(\.json)]
        case .link(let text, let url): ["type": "link", "text": text, "url": url]
        case .locationRequest: ["type": "location_request"]
        case .contactRequest: ["type": "contact_request"]
        }
    }
}

extension InteractiveContent.Section {
    fileprivate var json: JSONObject {
        let rows = rows.map { row in
            (["id": row.id, "title": row.title, "description": row.description] as JSONObject).withoutNulls
        }
        return (["title": title, "rows": rows] as JSONObject).withoutNulls
    }
}

extension TemplateContent {
    var json: JSONObject {
        [
            "name": name, "language": language, "header": header.map(\.json), "body": body.map(\.json),
            "buttons": buttons.map { button -> JSONObject in
                [
                    "sub_type": button.subType, "index": button.index,
                    "parameters": button.parameters.map(\.json),
                ]
            },
            "rendered": rendered,
        ]
    }
}

extension TemplateContent.Parameter {
    fileprivate var json: JSONObject {
        var object = fields
        if let name, object["name"] == nil { object.append("name", .string(name)) }
        return object
    }

    private var fields: JSONObject {
        switch value {
        case .text(let text): ["type": "text", "text": text]
        case .currency(let fallback, let code, let amount):
            ["type": "currency", "fallback": fallback, "code": code, "amount_1000": amount]
        case .dateTime(let fallback): ["type": "date_time", "fallback": fallback]
        case .media(let media): media.json.typed("media")
        case .location(let location): location.json.typed("location")
        case .payload(let payload): ["type": "payload", "payload": payload]
        case .couponCode(let code): ["type": "coupon_code", "coupon_code": code]
        }
    }
}

extension JSONObject {
    /// With `type` in front and without the fields that have no value.
    fileprivate func typed(_ type: String) -> JSONObject {
        var object: JSONObject = ["type": type]
        for field in withoutNulls.fields { object.append(field.name, field.value) }
        return object
    }
}
