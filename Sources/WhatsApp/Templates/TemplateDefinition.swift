package import Domain

/// A template as Meta lists it: `GET /{waba_id}/message_templates`.
/// Shape: `{id, name, language, status, category, quality_score{score}, rejected_reason, parameter_format, components[]}`.
/// Source: Cloud API, "Template management", Graph API v25.0.
package struct TemplateDefinition: Equatable, Sendable {
    package let id: String
    package let name: String
    /// With an underscore: `es_MX`.
    package let language: String
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    package let quality: String?
    /// Meta's code why it was turned down, for example `INVALID_FORMAT`.
    package let rejectedReason: String?
    /// State, category and what must be filled in.
    package let facts: TemplateFacts
    /// `components[]` as JSON text with sorted keys: what previews are drawn from.
    package let components: String

    package var status: String { facts.status }
    package var category: String { facts.category }

    static let fields = "id,name,language,status,category,quality_score,rejected_reason,components,parameter_format"

    /// Nil without id, name or language: nothing could be sent or shown.
    init?(_ json: JSON) {
        guard let id = json["id"].text, let name = json["name"].text, let language = json["language"].text else {
            return nil
        }
        self.id = id
        self.name = name
        self.language = language.withUnderscore
        quality = json["quality_score"]["score"].text ?? json["quality_score"].text
        rejectedReason = json["rejected_reason"].text.flatMap { $0 == "NONE" ? nil : $0 }
        facts = TemplateFacts(json)
        components = json["components"].sortedText
    }
}
