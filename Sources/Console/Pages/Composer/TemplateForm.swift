import Domain

/// A field for each of a template's slots.
package struct TemplateField: Sendable {
    /// `body.1`, `body.name`, `header`, `button.0`: the key in the form and in the values given.
    package let name: String
    package let label: String
    package let value: String
    package let error: String?
    /// A header picture or file: chosen here, or given by its public address.
    package let file: File?
    /// A header location is given by its coordinates.
    package let isLocation: Bool

    package struct File: Sendable {
        /// The media types, for the file field.
        package let accept: String
        /// "Picture"
        package let label: String
        /// "JPEG, PNG · up to 5 MB"
        package let rule: String
    }
}

/// The chosen template: its fields, and the message as the customer will read it.
package struct TemplateForm: Sendable {
    package let id: String
    package let name: String
    package let language: String
    package let fields: [TemplateField]
    package let hasFields: Bool
    /// A file travels with it.
    package let hasFile: Bool
    package let isComplete: Bool
    package let preview: TemplatePreview
    package let previewURL: String

    init(_ draft: TemplateDraftFacts, at place: ComposerPlace, in context: PageContext) {
        let fields = Self.fields(draft, in: context)
        self.id = draft.choice.id.description
        self.name = draft.choice.name
        self.language = draft.choice.language
        self.fields = fields
        self.hasFields = !fields.isEmpty
        self.hasFile = fields.contains { $0.file != nil }
        self.isComplete = fields.allSatisfy { !$0.value.allSatisfy(\.isWhitespace) }
        self.preview = TemplatePreview(draft)
        self.previewURL = place.url(to: "template-previews")
    }

    private static func fields(_ draft: TemplateDraftFacts, in context: PageContext) -> [TemplateField] {
        let facts = draft.choice.facts
        return facts.fieldNames.map { name in
            TemplateField(
                name: name, label: label(of: name, facts: facts, in: context),
                value: draft.values[name] ?? draft.suggestions[name] ?? "",
                error: draft.errors[name]?[context.language],
                file: name == "header" ? facts.header?.mediaKind.flatMap { file(of: $0, in: context) } : nil,
                isLocation: name == "header" && facts.header == .location)
        }
    }

    private static func file(of kind: MediaContent.Kind, in context: PageContext) -> TemplateField.File? {
        AttachmentRules(in: context).kinds.first { $0.kind == kind }.map {
            TemplateField.File(accept: $0.types, label: $0.label, rule: $0.rule)
        }
    }

    private static func label(of name: String, facts: TemplateFacts, in context: PageContext) -> String {
        if name == "header", let header = facts.header { return context.words("template.header.\(header.rawValue)") }
        let variable = String(name.drop { $0 != "." }.dropFirst())
        if name.hasPrefix("button.") {
            let number = (Int(variable) ?? 0) + 1
            return context.words("template.button", ["number": String(number)])
        }
        return facts.isNamed ? variable : context.words("template.variable", ["number": variable])
    }
}

/// The template's text with the values given so far, filled with what is known of the contact where they ask for it; what
/// is missing stays visible as its variable.
/// Fetched again while the form is filled in: the same text is sent.
package struct TemplatePreview: PageFragment {
    package static let template = "composer/preview"

    /// The heading; nil where there is none, or where it is a picture.
    package let header: String?
    package let text: MessageText
    package let footer: String?

    package init(_ draft: TemplateDraftFacts) {
        let facts = draft.choice.facts
        let parameters = facts.bodyVariables.map { variable in
            let value = draft.text(of: "body.\(variable)")
            let isBlank = value.allSatisfy(\.isWhitespace)
            return TemplateContent.Parameter(
                name: facts.isNamed ? variable : nil, value: .text(isBlank ? "{{\(variable)}}" : value))
        }
        let content = TemplateContent(name: draft.choice.name, language: draft.choice.language, body: parameters)
        let heading = draft.text(of: "header")
        let isBlank = heading.allSatisfy(\.isWhitespace)
        self.header = draft.choice.headerText.map { isBlank ? $0 : TemplateHeading($0).filled(with: heading) }
        self.text = MessageText(facts.rendered(with: content))
        self.footer = facts.footerText
    }
}

extension TemplateFacts.Header {
    /// Of the file that the heading shows; nil for text and places.
    var mediaKind: MediaContent.Kind? {
        switch self {
        case .image: .image
        case .video: .video
        case .document: .document
        case .text, .location: nil
        }
    }
}
