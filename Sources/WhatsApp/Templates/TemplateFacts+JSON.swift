import Domain

extension TemplateFacts {
    /// Out of a template object. What we cannot fill in (carousels, countdowns, lists of products) becomes a slot that no
    /// value fits, so that the send gate refuses it as a kind that cannot be sent yet, instead of Meta with 132000.
    init(_ json: JSON) {
        let components = json["components"].items.map(TemplateComponent.init)
        let header = components.first { $0.type == "HEADER" }
        let body = components.first { $0.type == "BODY" }
        let category = json["category"].text ?? ""
        let variables = TemplateVariables(
            body?.text ?? "", isCode: category == "AUTHENTICATION" && body != nil)
        self.init(
            status: json["status"].text ?? "", category: category, header: header?.headerSlot,
            bodyVariables: variables.names,
            isNamed: json["parameter_format"].text?.uppercased() == "NAMED" || variables.areNamed,
            buttonSlots: components.filter { $0.type == "BUTTONS" }.flatMap(\.buttonSlots)
                + components.compactMap(\.unfillableSlot),
            bodyText: body?.text ?? "", footerText: components.first { $0.type == "FOOTER" }?.text,
            headerText: header?.text, quickReplies: components.filter { $0.type == "BUTTONS" }.flatMap(\.quickReplies))
    }
}

/// One item of `components[]`.
struct TemplateComponent {
    /// `HEADER`, `BODY`, `FOOTER`, `BUTTONS`, `CAROUSEL`, `LIMITED_TIME_OFFER`, …
    let type: String
    private let json: JSON

    init(_ json: JSON) {
        self.json = json
        type = json["type"].text?.uppercased() ?? ""
    }

    var text: String? { json["text"].text }

    /// Media headers always need a file: the one given at approval is only an example.
    var headerSlot: TemplateFacts.Header? {
        switch json["format"].text?.uppercased() ?? "TEXT" {
        case "IMAGE": .image
        case "VIDEO", "GIF": .video
        case "DOCUMENT": .document
        case "LOCATION": .location
        default: TemplateVariables(text ?? "").names.isEmpty ? nil : .text
        }
    }

    var buttonSlots: [TemplateFacts.ButtonSlot] {
        json["buttons"].items.enumerated().compactMap { index, button in
            Self.subType(ofSlotIn: button).map { TemplateFacts.ButtonSlot(index: index, subType: $0) }
        }
    }

    var quickReplies: [TemplateFacts.QuickReply] {
        json["buttons"].items.enumerated().compactMap { index, button in
            guard button["type"].text?.uppercased() == "QUICK_REPLY", let text = button["text"].text else { return nil }
            return TemplateFacts.QuickReply(index: index, text: text)
        }
    }

    var unfillableSlot: TemplateFacts.ButtonSlot? {
        switch type {
        case "CAROUSEL", "LIMITED_TIME_OFFER": TemplateFacts.ButtonSlot(index: -1, subType: type.lowercased())
        default: nil
        }
    }

    /// The `sub_type` under which a button's value is sent; nil for buttons that need none.
    private static func subType(ofSlotIn button: JSON) -> String? {
        switch button["type"].text?.uppercased() {
        case "URL": TemplateVariables(button["url"].text ?? "").names.isEmpty ? nil : "url"
        // The code goes once into the body and once into the button, which Meta sends as a URL for every kind of OTP.
        case "OTP": "url"
        case "COPY_CODE": "copy_code"
        case "MPM": "mpm"
        case "SPM": "spm"
        case "ORDER_DETAILS": "order_details"
        default: nil
        }
    }
}
