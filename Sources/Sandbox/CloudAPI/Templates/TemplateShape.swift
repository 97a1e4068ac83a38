/// What a template asks of the message that uses it, worked out from its components.
struct TemplateShape: Sendable {
    enum Header: Equatable, Sendable {
        case none
        case text(variables: [String])
        case media(String)
        case location
    }

    struct Button: Equatable, Sendable {
        let type: String
        let text: String
        let url: String?
        let needsParameter: Bool
    }

    private(set) var header = Header.none
    private(set) var headerText = ""
    private(set) var body = ""
    private(set) var bodyVariables: [String] = []
    private(set) var buttons: [Button] = []
    let isNamed: Bool
    let isAuthentication: Bool

    init(_ template: Template) {
        isNamed = template.parameterFormat == "NAMED"
        isAuthentication = template.category == "AUTHENTICATION"
        for component in template.components.items ?? [] { read(component) }
        if isAuthentication { bodyVariables = ["1"] }
    }

    private mutating func read(_ component: JSON) {
        switch component["type"]?.text?.uppercased() {
        case "HEADER": readHeader(component)
        case "BODY":
            body = component["text"]?.text ?? ""
            bodyVariables = TemplateVariables(in: body).names
        case "BUTTONS": buttons = (component["buttons"]?.items ?? []).map(Self.button)
        default: break
        }
    }

    private mutating func readHeader(_ component: JSON) {
        switch component["format"]?.text?.uppercased() {
        case "TEXT":
            headerText = component["text"]?.text ?? ""
            header = .text(variables: TemplateVariables(in: headerText).names)
        case "LOCATION": header = .location
        case let format?: header = .media(format.lowercased())
        case nil: break
        }
    }

    private static func button(_ json: JSON) -> Button {
        let type = json["type"]?.text?.uppercased() ?? ""
        let url = json["url"]?.text
        let needsParameter =
            switch type {
            case "URL": url.map { !TemplateVariables(in: $0).names.isEmpty } ?? false
            case "OTP", "COPY_CODE": true
            default: false
            }
        return Button(type: type, text: json["text"]?.text ?? "", url: url, needsParameter: needsParameter)
    }
}
