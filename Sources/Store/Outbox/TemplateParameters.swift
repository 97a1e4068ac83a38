import Domain

/// Fills `{{first_name|friend}}` in the values of a template from what is known of whoever gets it. A value that names no
/// field stays as it is.
struct TemplateParameters {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    /// - Throws: `refused` with the detail `variable_unfilled` where nothing is known and no fallback is given.
    func filled(_ content: MessageContent, for contact: ContactID) throws -> MessageContent {
        guard case .template(var template) = content else { return content }
        let fields = Set(template.texts.flatMap { MappingTemplate($0).told })
        guard !fields.isEmpty else { return content }
        let reader = SyncSnapshotReader(
            connection: connection, workspace: workspace, fields: fields, publicURL: "")
        let values = try reader.read([contact]).values[contact] ?? [:]
        try template.rewriteTexts { try Self.filled($0, values) }
        return .template(template)
    }

    private static func filled(_ text: String, _ values: [LocalField: String]) throws -> String {
        let template = MappingTemplate(text)
        guard !template.told.isEmpty else { return text }
        let said = template.filled { name in
            MappingTemplate.told(name).map { values[$0] ?? "" }
        }
        guard let said else { throw PuenteError.unfilledVariable(text) }
        // Meta refuses values with the ends of lines in them, and with many blanks.
        return said.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension MappingTemplate {
    fileprivate static func told(_ name: String) -> LocalField? {
        TemplateVariable(name).map(\.field).flatMap { $0.mayBeTold ? $0 : nil }
    }

    /// What it asks for that a message may tell, also in place of another.
    fileprivate var told: [LocalField] { words.compactMap(Self.told) }
}

extension TemplateContent {
    fileprivate var texts: [String] {
        (header + body + buttons.flatMap(\.parameters)).compactMap { parameter in
            if case .text(let text) = parameter.value { text } else { nil }
        }
    }

    fileprivate mutating func rewriteTexts(_ rewrite: (String) throws -> String) throws {
        func rewritten(_ parameters: [Parameter]) throws -> [Parameter] {
            try parameters.map { parameter in
                guard case .text(let text) = parameter.value else { return parameter }
                return Parameter(name: parameter.name, value: .text(try rewrite(text)))
            }
        }
        header = try rewritten(header)
        body = try rewritten(body)
        for index in buttons.indices { buttons[index].parameters = try rewritten(buttons[index].parameters) }
    }
}

extension PuenteError {
    fileprivate static func unfilledVariable(_ text: String) -> PuenteError {
        let shown = text.count > 60 ? "\(text.prefix(60))…" : text
        return PuenteError(
            .refused, detail: "variable_unfilled",
            en: "Nothing is known for “\(shown)”. Write what stands for it: {{first_name|friend}}.",
            es: "No se sabe nada para «\(shown)». Escriba qué poner en su lugar: {{first_name|amigo}}.")
    }
}
