package import Domain

/// Fills `{{first_name|friend}}` in the values of a template from what is known of whoever gets it. A value that names no
/// field stays as it is.
struct TemplateParameters {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    /// - Throws: `refused` with the detail `variable_unfilled` where nothing is known and no fallback is given.
    func filled(_ content: MessageContent, for contact: ContactID) throws -> MessageContent {
        guard case .template(var template) = content, let known = try known(of: contact, for: template.texts) else {
            return content
        }
        try template.rewriteTexts { text in
            guard let said = Self.said(text, known) else { throw PuenteError.unfilledVariable(text) }
            return said
        }
        return .template(template)
    }

    /// The same of values by their names; one that would be refused stays as it is written.
    func shown(_ values: [String: String], to contact: ContactID) throws -> [String: String] {
        guard let known = try known(of: contact, for: Array(values.values)) else { return values }
        return values.mapValues { Self.said($0, known) ?? $0 }
    }

    /// What the texts ask for; nil where they ask for nothing.
    private func known(of contact: ContactID, for texts: [String]) throws -> [LocalField: String]? {
        let fields = Set(texts.flatMap { MappingTemplate($0).told })
        guard !fields.isEmpty else { return nil }
        let reader = SyncSnapshotReader(
            connection: connection, workspace: workspace, fields: fields, publicURL: "")
        return try reader.read([contact]).values[contact] ?? [:]
    }

    /// Nil where nothing is known and no fallback is given.
    private static func said(_ text: String, _ known: [LocalField: String]) -> String? {
        let template = MappingTemplate(text)
        guard !template.told.isEmpty else { return text }
        let said = template.filled { name in
            MappingTemplate.told(name).map { known[$0] ?? "" }
        }
        // Meta refuses values with the ends of lines in them, and with many blanks.
        return said?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Store {
    /// What the values of a template say to a contact, filled as ``accept(_:)`` fills them. A value that it would refuse,
    /// since nothing is known and no fallback is given, stays as it is written.
    /// - Parameter values: by whatever names the caller knows them.
    package func templateValues(
        _ values: [String: String], shownTo contact: ContactID, in workspace: WorkspaceID
    ) async throws -> [String: String] {
        try await database.read(on: .console) { connection in
            try TemplateParameters(connection: connection, workspace: workspace).shown(values, to: contact)
        }
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
