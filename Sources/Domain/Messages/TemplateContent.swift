/// A template message: the approved text by name, and a value for each of its slots.
package struct TemplateContent: Equatable, Codable, Sendable {
    package struct Parameter: Equatable, Codable, Sendable {
        package enum Value: Equatable, Codable, Sendable {
            case text(String)
            case currency(fallback: String, code: String, amount1000: Int64)
            case dateTime(fallback: String)
            case media(MediaContent)
            case location(LocationContent)
            case payload(String)
            case couponCode(String)
        }

        /// Set for templates with named parameters; positional ones go by order.
        package var name: String?
        package var value: Value

        package init(name: String? = nil, value: Value) {
            self.name = name
            self.value = value
        }
    }

    package struct ButtonParameter: Equatable, Codable, Sendable {
        /// `quick_reply`, `url`, `copy_code`, `flow`, `catalog`, …
        package var subType: String
        package var index: Int
        package var parameters: [Parameter]

        package init(subType: String, index: Int, parameters: [Parameter]) {
            self.subType = subType
            self.index = index
            self.parameters = parameters
        }
    }

    package var name: String
    /// Meta's form with an underscore: `es_MX`.
    package var language: String
    package var header: [Parameter]
    package var body: [Parameter]
    package var buttons: [ButtonParameter]
    /// The text as the customer reads it, once it is known; for the thread and the CRM.
    package var rendered: String?

    package init(
        name: String, language: String, header: [Parameter] = [], body: [Parameter] = [],
        buttons: [ButtonParameter] = [], rendered: String? = nil
    ) {
        self.name = name
        self.language = language
        self.header = header
        self.body = body
        self.buttons = buttons
        self.rendered = rendered
    }
}
