extension TemplateFacts {
    /// A message by this template with something in every slot: for asking the gate before anybody has filled it in.
    package func sample(name: String, language: String) -> TemplateContent {
        TemplateContent(
            name: name, language: language, header: header.map { [Self.parameter($0)] } ?? [],
            body: bodyVariables.map { .init(name: isNamed ? $0 : nil, value: .text("…")) },
            buttons: buttonSlots.map {
                .init(subType: $0.subType, index: $0.index, parameters: [.init(value: .payload("…"))])
            })
    }

    private static func parameter(_ header: Header) -> TemplateContent.Parameter {
        switch header {
        case .text: .init(value: .text("…"))
        case .image: .init(value: .media(MediaContent(kind: .image, link: "https://example.com")))
        case .video: .init(value: .media(MediaContent(kind: .video, link: "https://example.com")))
        case .document: .init(value: .media(MediaContent(kind: .document, link: "https://example.com")))
        case .location: .init(value: .location(LocationContent(latitude: 0, longitude: 0)))
        }
    }
}
