import Domain
import HTTPTypes
import Hummingbird
import Store

/// Words, texts and rules of consent, and whose is not confirmed. Everybody looks, administrators change.
struct ConsentSettingsController: Sendable {
    private typealias Command = ConsentSettingsPage.Command
    private static let path = "/consent"

    func add(to routes: ConsoleRoutes) {
        routes.get("/consent") { visit in
            let command = visit.flash(of: .consentSettings).flatMap { Command(rawValue: $0.command) }
            let draft = ConsentSettingsPage.Draft(
                settings: try await visit.store.consentSettings(in: visit.workspace),
                rules: try await visit.store.sendGateRules(in: visit.workspace),
                language: visit.query("language").flatMap { ConsentLanguage(code: $0) })
            return try await answer(
                visit, draft, notice: command.map { ConsentSettingsPage.outcome(of: $0, in: visit.page) })
        }
        routes.post("/consent/words") { form, visit in
            try await change(.words, visit) { settings in
                settings.withdrawalWords = form.lines("withdrawals")
                settings.startWords = form.lines("starts")
            }
        }
        routes.post("/consent/texts") { form, visit in
            let language = try form.language
            return try await change(.texts, visit, language: language) { settings in
                settings.texts[language] = form.consentTexts
            }
        }
        routes.post("/consent/texts/resets") { form, visit in
            let language = try form.language
            return try await change(.resets, visit, language: language) { $0.texts[language] = nil }
        }
        routes.post("/consent/rules") { form, visit in try await changeRules(form, visit) }
    }

    private func answer(
        _ visit: Visit, _ draft: ConsentSettingsPage.Draft, notice: OutcomeNotice? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        // The settings below stay in reach.
        let people = try await visit.store.unconfirmedContacts(before: visit.before, limit: 10, in: visit.workspace)
        let page = ConsentSettingsPage(
            draft, coverage: ConsentCoverageFacts(try await visit.store.consentCoverage(in: visit.workspace)),
            people: people.items.map(UnconfirmedFacts.init), older: people.next?.description,
            isAdmin: visit.staff.role == .admin, notice: notice, in: visit.page)
        return try await visit.answer(
            page, at: .contacts, status: status, path: visit.request.method == .get ? nil : Self.path)
    }

    /// What could not work is told beside its form, with what was typed.
    private func change(
        _ command: Command, _ visit: Visit, language: ConsentLanguage? = nil, rules: SendGateRules? = nil,
        _ change: @escaping @Sendable (inout ConsentSettings) throws -> Void
    ) async throws -> Response {
        try visit.requireAdmin()
        do {
            if let problem = rules?.problem { throw problem }
            try await visit.store.changeConsentSettings(in: visit.workspace, by: visit.staff.name, change)
            if let rules {
                try await visit.store.setSendGateRules(rules, in: visit.workspace, by: visit.staff.name)
            }
        } catch let error as PuenteError where error.isForForm {
            var typed = try await visit.store.consentSettings(in: visit.workspace)
            try change(&typed)
            let kept = try await visit.store.sendGateRules(in: visit.workspace)
            let draft = ConsentSettingsPage.Draft(
                settings: typed, rules: rules ?? kept, problem: .init(command, error.message), language: language)
            return try await answer(visit, draft, status: .unprocessableContent)
        }
        let path = QueryText.url(Self.path, [("language", language?.rawValue)]) + "#\(command.place)"
        return visit.redirect(path, telling: FlashNotice(.consentSettings, command.rawValue))
    }

    private func changeRules(_ form: Form, _ visit: Visit) async throws -> Response {
        let rules = SendGateRules(
            marketingNeedsProof: form["needs_proof"] == "yes", namesInEveryConversation: form["names_always"] == "yes",
            addsSenderLine: form["adds_line"] == "yes", senderLine: form["sender_line"] ?? "")
        // What is no number is out of every range.
        let hours = form["question_hours"].flatMap { Int($0) } ?? 0
        let reminder = form["reminder_hours"].flatMap { $0.isEmpty ? nil : Int($0) ?? 0 }
        let asksOnStart = form["asks_on_start"] == "yes"
        return try await change(.rules, visit, rules: rules) { settings in
            settings.questionHours = hours
            settings.reminderHours = reminder
            settings.asksOnStart = asksOnStart
        }
    }
}

extension ConsentSettingsPage.Command {
    /// The part of the page that it changes.
    fileprivate var place: String {
        switch self {
        case .words: "words"
        case .texts, .resets: "texts"
        case .rules: "rules"
        }
    }
}

extension Form {
    /// Lines that are not blank, without the blanks around them.
    fileprivate func lines(_ name: String) -> [String] {
        (self[name] ?? "").split(whereSeparator: \.isNewline).map { line in
            String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }.filter { !$0.isEmpty }
    }

    fileprivate var language: ConsentLanguage {
        get throws {
            guard let language = self["language"].flatMap({ ConsentLanguage(rawValue: $0) }) else {
                throw PuenteError.noSuchPage
            }
            return language
        }
    }

    fileprivate var consentTexts: ConsentTexts {
        func text(_ name: String) -> String { (self[name] ?? "").replacing("\r\n", with: "\n") }
        return ConsentTexts(
            confirmation: text("confirmation"), question: text("question"), yes: text("yes"), no: text("no"),
            reminder: text("reminder"), thanks: text("thanks"))
    }
}
