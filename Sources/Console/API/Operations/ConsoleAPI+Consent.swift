import Domain
import Pipeline
import Store

extension ConsoleAPI {
    private enum Change: String, CaseIterable {
        case granted, withdrawn

        var change: ConsentEntry.Change { self == .granted ? .granted : .withdrawn }
    }

    private enum Source: String, CaseIterable {
        case form, staff, crm, api

        var source: ConsentSource {
            switch self {
            case .form: .form
            case .staff: .staff
            case .crm: .crm
            case .api: .api
            }
        }
    }

    var consentOperations: [APIOperation] {
        [
            .get("getContactConsent", "/api/v1/contacts/{contact}/consent", getConsent),
            .post("recordContactConsent", "/api/v1/contacts/{contact}/consent", recordConsent),
            .get(
                "checkContactConsent", "/api/v1/contacts/{contact}/consent/check", query: ["template", "number"],
                checkConsent),
            .post("askContactForConsent", "/api/v1/contacts/{contact}/consent/questions", askForConsent),
        ]
    }

    private func getConsent(_ request: APIRequest) async throws -> APIAnswer {
        .ok(try await shownConsent(request))
    }

    private func shownConsent(_ request: APIRequest) async throws -> JSONObject {
        guard let file = try await store.consent(of: try request.id("contact"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        try await noteSeen(file.person.id, request)
        return views(request).consent(file)
    }

    private func recordConsent(_ request: APIRequest) async throws -> APIAnswer {
        let contact: ContactID = try request.id("contact")
        let now = store.now()
        let draft = try BodyObject.read(request.body) { body in
            Self.draft(body, of: contact, by: request.key.name, now: now)
        }
        try await store.recordConsent(draft, in: request.workspace)
        return APIAnswer(status: 201, body: try await shownConsent(request).json)
    }

    private static func draft(
        _ body: BodyObject, of contact: ContactID, by actor: String, now: Timestamp
    ) -> ConsentEntryDraft? {
        body.allow("purpose", "change", "source", "words", "at", "reference")
        let purpose = body.choice("purpose", of: ConsentPurpose.self)
        let change = body.choice("change", of: Change.self)
        let source = body.has("source") ? body.choice("source", of: Source.self) : .api
        let words = body.optionalText("words", 0...2000) ?? ""
        let reference = body.optionalText("reference", 1...200)
        if change == .granted, words.allSatisfy(\.isWhitespace) {
            body.note(
                "words", en: "a yes needs the words that the person was shown or said",
                es: "un sí necesita las palabras que se mostraron o que dijo la persona")
        }
        let at = moment(body, now: now)
        guard let purpose, let change, let source, let at else { return nil }
        return ConsentEntryDraft(
            contact: contact, purpose: purpose, change: change.change, source: source.source, words: words, at: at,
            actor: actor, evidence: ConsentEvidence(reference: reference))
    }

    /// When it was said; now when that is not told.
    private static func moment(_ body: BodyObject, now: Timestamp) -> Timestamp? {
        guard body.has("at") else { return now }
        guard let text = body.optionalText("at", 24...24) else { return nil }
        guard let at = Timestamp(rfc3339: text), at <= now, at.milliseconds >= 0 else {
            body.note(
                "at", en: "must be a time that is past, in UTC with milliseconds: 2026-11-18T23:02:00.000Z",
                es: "debe ser una hora ya pasada, en UTC con milisegundos: 2026-11-18T23:02:00.000Z")
            return nil
        }
        return at
    }

    private func checkConsent(_ request: APIRequest) async throws -> APIAnswer {
        let template: TemplateID? = try request.query.id("template")
        let number: NumberID? = try request.query.id("number")
        let verdicts = try await store.writingVerdicts(
            to: try request.id("contact"), from: number, by: template.map { .one($0) } ?? .answer, in: request.workspace
        )
        return .ok(views(request).verdict(verdicts, of: template))
    }

    private func askForConsent(_ request: APIRequest) async throws -> APIAnswer {
        struct Wish {
            let template: TemplateID?
            let number: NumberID?
        }
        let contact: ContactID = try request.id("contact")
        let wish = try BodyObject.read(request.body) { body -> Wish? in
            body.allow("template", "number")
            return Wish(template: body.optionalID("template"), number: body.optionalID("number"))
        }
        let asked = try await store.askForConsent(
            contact, by: wish.template, from: wish.number, actor: request.key.name, in: request.workspace)
        wakeBoard.ring(asked.message.lanes)
        changes.publish(.conversation(asked.message.conversation), in: request.workspace)
        let object: JSONObject = [
            "id": asked.optIn, "message": asked.message.message, "conversation": asked.message.conversation,
            "contact": asked.message.contact, "state": OptInState.waiting.rawValue,
        ]
        return APIAnswer(status: 202, body: object.json)
    }
}
