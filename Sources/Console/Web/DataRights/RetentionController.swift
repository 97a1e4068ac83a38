import Domain
import HTTPTypes
import Hummingbird
import Store

/// How long data is kept: looked at, tried, saved. For administrators.
struct RetentionController: Sendable {
    private static let path = "/retention"

    func add(to routes: ConsoleRoutes) {
        routes.get("/retention") { visit in
            try visit.requireAdmin()
            let command = visit.flash(of: .people).flatMap { RetentionPage.Command(rawValue: $0.command) }
            let rules = try await visit.store.retentionRules(in: visit.workspace)
            return try await answer(
                facts(of: rules, visit), visit, notice: command.map { RetentionPage.outcome(of: $0, in: visit.page) })
        }
        routes.post("/retention") { form, visit in try await change(form, visit) }
    }

    private func answer(
        _ facts: [RetentionFacts], _ visit: Visit, notice: OutcomeNotice? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try await visit.answer(
            RetentionPage(facts, notice: notice, in: visit.page), at: nil, status: status, path: Self.path)
    }

    private func facts(of rules: RetentionRules, _ visit: Visit) -> [RetentionFacts] {
        let retention = visit.parts.settings.retention
        let effective = rules.under(retention)
        return RetentionKind.allCases.map { kind in
            let days = effective.age(of: kind).map(\.wholeDays)
            return RetentionFacts(
                kind: kind.rawValue, typed: days.map(String.init) ?? "", days: days, range: kind.range,
                mayStay: kind.mayStay, isFixed: kind == .rawBodies || retention.written.contains(kind))
        }
    }

    private func change(_ form: Form, _ visit: Visit) async throws -> Response {
        try visit.requireAdmin()
        let current = try await visit.store.retentionRules(in: visit.workspace)
        var facts = facts(of: current, visit)
        var days: [RetentionKind: Int] = [:]
        for (index, kind) in RetentionKind.allCases.enumerated() where !facts[index].isFixed {
            let typed = (form[kind.rawValue] ?? "").filter { !$0.isWhitespace }
            facts[index].typed = typed
            do {
                days[kind] = try RetentionField.days(typed, kind: kind)
            } catch {
                facts[index].error = error.message
            }
        }
        if facts.contains(where: { $0.error != nil }) {
            return try await answer(facts, visit, status: .unprocessableContent)
        }
        let rules = RetentionRules(days)
        if form["do"] == "preview" { return try await preview(rules, facts, visit) }
        try await visit.store.setRetentionRules(rules, by: visit.staff.name, in: visit.workspace)
        return visit.redirect(
            Self.path, telling: FlashNotice(.people, RetentionPage.Command.rules.rawValue))
    }

    /// The same form, and beside each rule what it would remove now. Nothing is saved.
    private func preview(
        _ rules: RetentionRules, _ facts: [RetentionFacts], _ visit: Visit
    ) async throws -> Response {
        let effective = rules.under(visit.parts.settings.retention)
        var facts = facts
        for (index, kind) in RetentionKind.allCases.enumerated() {
            guard let age = effective.age(of: kind) else { continue }
            let count = try await visit.store.preview(kind, age: age, in: visit.workspace)
            facts[index].preview = count.map { (count: $0.value, isMore: $0.isMore) }
        }
        return try await answer(facts, visit)
    }
}

/// What a person typed into a rule.
enum RetentionField {
    /// - Returns: nil for ever.
    /// - Throws: with a sentence for its field.
    static func days(_ typed: String, kind: RetentionKind) throws(PuenteError) -> Int? {
        if typed.isEmpty, kind.mayStay { return nil }
        guard let days = Int(typed), kind.range.contains(days) else { throw .retention(kind) }
        return days
    }
}
