import Domain

/// The templates of the WABA, in the order of their creation.
struct TemplateBook: Sendable {
    private(set) var templates: [Template] = []
    private var deletedNames: [String: Timestamp] = [:]
    private var lastID: Int64 = 1_689_556_908_129_800

    init(now: Timestamp) {
        for sample in SampleTemplates.all {
            _ = add(sample, status: .approved, now: now)
        }
    }

    func find(name: String, language: String) -> Template? {
        templates.first { $0.name == name && $0.language == language }
    }

    func find(id: String) -> Template? {
        Int64(id).flatMap { id in templates.first { $0.id == id } }
    }

    func has(name: String) -> Bool { templates.contains { $0.name == name } }

    mutating func add(_ draft: TemplateCreationCheck.Draft, status: Template.Status, now: Timestamp) -> Template {
        lastID += 7
        let template = Template(
            id: lastID, name: draft.name, language: draft.language, category: draft.category,
            parameterFormat: draft.parameterFormat, components: draft.components, status: status, createdAt: now)
        templates.append(template)
        return template
    }

    /// Why no template of this name and language can be made now; nil when it can.
    func objection(toName name: String, language: String, now: Timestamp) -> GraphError? {
        if find(name: name, language: language) != nil {
            return TemplateCreationCheck.problem("Content in this language already exists", 2_388_024)
        }
        if let deleted = deletedNames[name], now - deleted < .days(30), !has(name: name) {
            return TemplateCreationCheck.problem("Message template language is being deleted", 2_388_023)
        }
        return templates.count >= 6000
            ? TemplateCreationCheck.problem("The number of templates has reached its limit", 2_388_019) : nil
    }

    mutating func update(id: Int64, _ change: (inout Template) -> Void) -> Template? {
        guard let index = templates.firstIndex(where: { $0.id == id }) else { return nil }
        change(&templates[index])
        return templates[index]
    }

    /// Takes away all languages of a name, or only the one with this id.
    mutating func remove(name: String, id: String?, now: Timestamp) -> Int {
        let before = templates.count
        templates.removeAll { $0.name == name && (id == nil || String($0.id) == id) }
        if templates.count < before { deletedNames[name] = now }
        return before - templates.count
    }
}
