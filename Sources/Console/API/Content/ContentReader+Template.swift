import Domain

extension ContentReader {
    private enum ParameterKind: String, CaseIterable {
        case text, currency
        case dateTime = "date_time"
        case media, location, payload
        case couponCode = "coupon_code"
    }

    static func template(_ body: BodyObject) -> MessageContent? {
        body.allow("type", "name", "language", "header", "body", "buttons")
        let header = body.objects("header", 0...1, isOptional: true, parameter)
        let parameters = body.objects("body", 0...100, isOptional: true, parameter)
        let buttons = body.objects("buttons", 0...10, isOptional: true, button)
        let language = body.text("language", 2...20)
        guard let name = body.text("name", 1...512), let language else { return nil }
        return .template(
            TemplateContent(name: name, language: language, header: header, body: parameters, buttons: buttons))
    }

    private static func button(_ body: BodyObject) -> TemplateContent.ButtonParameter? {
        body.allow("sub_type", "index", "parameters")
        let parameters = body.objects("parameters", 0...10, parameter)
        let index = body.integer("index", 0...9)
        guard let subType = body.text("sub_type", 1...40), let index else { return nil }
        return TemplateContent.ButtonParameter(subType: subType, index: Int(index), parameters: parameters)
    }

    private static func parameter(_ body: BodyObject) -> TemplateContent.Parameter? {
        guard let kind = body.choice("type", of: ParameterKind.self) else { return nil }
        let name = body.optionalText("name", 1...100)
        return value(kind, body).map { TemplateContent.Parameter(name: name, value: $0) }
    }

    private static func value(_ kind: ParameterKind, _ body: BodyObject) -> TemplateContent.Parameter.Value? {
        switch kind {
        case .text:
            body.allow("type", "name", "text")
            return body.text("text", 1...32_768).map(TemplateContent.Parameter.Value.text)
        case .currency:
            body.allow("type", "name", "fallback", "code", "amount_1000")
            let amount = body.integer("amount_1000", -1_000_000_000_000_000...1_000_000_000_000_000)
            let code = body.text("code", 3...3)
            guard let fallback = body.text("fallback", 1...100), let code, let amount else { return nil }
            return .currency(fallback: fallback, code: code, amount1000: amount)
        case .dateTime:
            body.allow("type", "name", "fallback")
            return body.text("fallback", 1...100).map(TemplateContent.Parameter.Value.dateTime)
        case .media:
            body.allow("type", "name", "kind", "file", "whatsapp_media_id", "link", "caption", "filename")
            return media(body).map(TemplateContent.Parameter.Value.media)
        case .location:
            body.allow("type", "latitude", "longitude", "name", "address")
            return location(body).map(TemplateContent.Parameter.Value.location)
        case .payload:
            body.allow("type", "name", "payload")
            return body.text("payload", 1...256).map(TemplateContent.Parameter.Value.payload)
        case .couponCode:
            body.allow("type", "name", "coupon_code")
            return body.text("coupon_code", 1...100).map(TemplateContent.Parameter.Value.couponCode)
        }
    }
}
