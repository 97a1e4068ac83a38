import Domain
import Foundation
import Synchronization

/// `/{version}/{waba_id}/message_templates` and `/{version}/{template_id}`.
extension CloudAPI {
    func templates(_ call: Call) throws(GraphError) -> Answer {
        switch call.method {
        case .get: return listTemplates(call)
        case .post: return try createTemplate(call)
        case .delete: return try deleteTemplate(call)
        default: throw .unknownObject(configuration.wabaID, method: call.method.rawValue)
        }
    }

    func template(_ call: Call, id: String) throws(GraphError) -> Answer {
        guard let template = state.withLock({ $0.templates.find(id: id) }) else {
            throw .unknownObject(id, method: call.method.rawValue)
        }
        switch call.method {
        case .get: return .json(template.json(fields: Self.fields(call)))
        case .post: return try editTemplate(call, template)
        default: throw .unknownObject(id, method: call.method.rawValue)
        }
    }

    /// Sets a template's status as Meta's review would, and says so by webhook.
    @discardableResult
    func review(id: Int64, _ status: Template.Status, reason: String?) -> Template? {
        let template = state.withLock { state in
            state.templates.update(id: id) { template in
                template.status = status
                template.rejectedReason = reason
            }
        }
        guard let template else { return nil }
        let now = clock.now.milliseconds / 1000
        let change: JSON = [
            "value": [
                "event": JSON(status.rawValue), "message_template_id": JSON(template.id),
                "message_template_name": JSON(template.name), "message_template_language": JSON(template.language),
                "reason": JSON(reason ?? "NONE"), "message_template_category": JSON(template.category),
            ],
            "field": "message_template_status_update",
        ]
        let bytes = JSONWriter.bytes(change, style: .escaped)
        office.send([WebhookUpdate(kind: .timedChange(seconds: now), bytes: bytes)], from: .whatsapp)
        return template
    }

    /// What each quick reply of a sent template gives when it is pressed: its text, and the payload the business set
    /// or the text again.
    func quickReplies(of message: SentMessage) -> [JSON] {
        guard message.type == "template", let content = message.request["template"] else { return [] }
        let template = state.withLock { state in
            state.templates.find(
                name: content["name"]?.text ?? "", language: content["language"]?["code"]?.text ?? "")
        }
        guard let template else { return [] }
        return TemplateShape(template).buttons.enumerated().filter { $0.element.type == "QUICK_REPLY" }.map { item in
            let component = (content["components"]?.items ?? []).first {
                $0["type"]?.text?.lowercased() == "button" && $0["index"]?.wholeNumber == Int64(item.offset)
            }
            let payload = component?["parameters"]?.items?.first?["payload"]?.text ?? item.element.text
            return ["payload": JSON(payload), "text": JSON(item.element.text)]
        }
    }

    private func listTemplates(_ call: Call) -> Answer {
        let all = state.withLock { $0.templates.templates }.filter { template in
            Self.matches(template.name, call.query["name"]) && Self.matches(template.language, call.query["language"])
                && Self.matches(template.status.rawValue, call.query["status"])
                && Self.matches(template.category, call.query["category"])
        }
        let limit = call.number("limit", in: 1...1000) ?? 25
        let start = min(GraphPaging.offset(call.query["after"]), all.count)
        let fields = Self.fields(call)
        let page = all.dropFirst(start).prefix(limit).map { $0.json(fields: fields) }
        return .json(
            GraphPaging.page(Array(page), start: start, total: all.count, call: call, summary: summary(call, all.count))
        )
    }

    private static func matches(_ value: String, _ wanted: String?) -> Bool {
        wanted.map { $0.split(separator: ",").contains { $0.lowercased() == value.lowercased() } } ?? true
    }

    private func summary(_ call: Call, _ total: Int) -> JSON? {
        guard let asked = call.query["summary"] else { return nil }
        var summary = JSONObject()
        for name in asked.split(separator: ",") {
            switch name {
            case "total_count", "message_template_count": summary.append(String(name), JSON(total))
            case "message_template_limit": summary.append(String(name), 6000)
            case "are_translations_complete": summary.append(String(name), true)
            default: break
            }
        }
        return .object(summary)
    }

    private func createTemplate(_ call: Call) throws(GraphError) -> Answer {
        let draft = try TemplateCreationCheck.read(Self.body(call))
        let result: Result<Template, GraphError> = state.withLock { state in
            if let objection = state.templates.objection(toName: draft.name, language: draft.language, now: call.now) {
                return .failure(objection)
            }
            return .success(state.templates.add(draft, status: .pending, now: call.now))
        }
        let template = try result.get()
        planReview(of: template.id, rejection: draft.rejection)
        return .json([
            "id": JSON(String(template.id)), "status": JSON(template.status.rawValue),
            "category": JSON(template.category),
        ])
    }

    private func planReview(of id: Int64, rejection: String?) {
        let wait = settings.withLock { $0.templateReviewTakes.wholeMilliseconds }
        timetable.schedule(after: wait) { [self] in
            let isPending = state.withLock { $0.templates.find(id: String(id))?.status == .pending }
            if isPending { review(id: id, rejection == nil ? .approved : .rejected, reason: rejection) }
        }
    }

    private func editTemplate(_ call: Call, _ template: Template) throws(GraphError) -> Answer {
        let body = try Self.body(call)
        guard template.status != .pending, template.status != .disabled else {
            throw TemplateCreationCheck.problem("A template in review cannot be edited", 2_388_003)
        }
        let draft = try TemplateCreationCheck.read([
            "name": JSON(template.name), "language": JSON(template.language),
            "category": body["category"] ?? JSON(template.category),
            "parameter_format": JSON(template.parameterFormat),
            "components": body["components"] ?? template.components,
        ])
        if template.status == .approved, draft.category != template.category {
            throw TemplateCreationCheck.problem("The category of an approved template cannot be changed", 2_388_004)
        }
        _ = state.withLock { state in
            state.templates.update(id: template.id) { template in
                template.category = draft.category
                template.components = draft.components
                template.status = .pending
            }
        }
        planReview(of: template.id, rejection: draft.rejection)
        return .json(["success": true])
    }

    private func deleteTemplate(_ call: Call) throws(GraphError) -> Answer {
        guard let name = call.query["name"] else { throw .parameter("The parameter name is required.") }
        let removed = state.withLock { $0.templates.remove(name: name, id: call.query["hsm_id"], now: call.now) }
        guard removed > 0 else {
            throw TemplateCreationCheck.problem("Message template not found", 2_593_002)
        }
        return .json(["success": true])
    }
}
