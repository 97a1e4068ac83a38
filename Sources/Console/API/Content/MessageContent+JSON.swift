import Domain

extension MessageContent {
    /// As the API shows it: `type` and the fields of that type, those without a value left out.
    var json: JSONObject {
        var object: JSONObject = ["type": kind.rawValue]
        for field in fields.withoutNulls.fields { object.append(field.name, field.value) }
        return object
    }

    private var fields: JSONObject {
        switch self {
        case .text(let text): ["body": text.body, "preview_url": text.previewURL]
        case .media(let media): media.json
        case .location(let location): location.json
        case .contacts(let contacts): ["cards": contacts.cards.map(\.json)]
        case .reaction(let reaction): ["whatsapp_message_id": reaction.messageID, "emoji": reaction.emoji]
        case .choice(let choice):
            [
                "kind": choice.kind.name, "id": choice.id, "title": choice.title, "description": choice.description,
                "data": choice.data,
            ]
        case .order(let order):
            [
                "catalog_id": order.catalogID, "text": order.text,
                "items": order.items.map { item -> JSONObject in
                    [
                        "product_retailer_id": item.productRetailerID, "quantity": item.quantity,
                        "item_price": item.itemPrice, "currency": item.currency,
                    ]
                },
            ]
        case .interactive(let interactive): interactive.json
        case .template(let template): template.json
        case .system(let system): ["kind": system.kind, "body": system.body]
        case .unsupported(let unsupported): ["kind": unsupported.kind, "reason": unsupported.reason]
        }
    }
}

extension MediaContent {
    var json: JSONObject {
        [
            "kind": kind.rawValue, "file": storedID, "whatsapp_media_id": mediaID, "link": link, "caption": caption,
            "filename": filename, "mime_type": mimeType, "is_voice": isVoice, "is_animated": isAnimated,
        ]
    }
}

extension LocationContent {
    var json: JSONObject {
        ["latitude": latitude, "longitude": longitude, "name": name, "address": address, "url": url]
    }
}

extension ContactCard {
    fileprivate var json: JSONObject {
        let object: JSONObject = [
            "formatted_name": formattedName, "first_name": firstName, "last_name": lastName,
            "phones": phones.map { phone in
                (["phone": phone.phone, "wa_id": phone.waID, "type": phone.type] as JSONObject).withoutNulls
            },
            "emails": emails, "organization": organization, "origin": origin,
        ]
        return object.withoutNulls
    }
}

extension ChoiceContent.Kind {
    fileprivate var name: String {
        switch self {
        case .button: "button"
        case .list: "list"
        case .flow: "flow"
        case .quickReply: "quick_reply"
        case .callPermission: "call_permission"
        case .other: "other"
        }
    }
}
