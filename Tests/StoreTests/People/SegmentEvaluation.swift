import Domain

@testable import Store

/// The plain reading of conditions, person by person: what the SQL is held against.
struct SegmentEvaluation {
    let now: Timestamp
    let days: LocalDays

    func holds(_ conditions: SegmentConditions, _ person: PersonSample) -> Bool {
        let parts = conditions.parts.map { part in
            switch part {
            case .condition(let condition): holds(condition, person)
            case .group(.all, let conditions): conditions.allSatisfy { holds($0, person) }
            case .group(.any, let conditions): conditions.contains { holds($0, person) }
            }
        }
        return switch conditions.match {
        case .all: parts.allSatisfy(\.self)
        case .any: parts.isEmpty || parts.contains(true)
        }
    }

    private func holds(_ condition: SegmentCondition, _ person: PersonSample) -> Bool {
        switch condition {
        case .name(let test): holds(test, person.shownName, NameText.folded)
        case .email(let test): email(test, person)
        case .phone(let prefixes, let isSo):
            isSo == person.phones.contains { phone in prefixes.contains { begins(phone, with: $0) } }
        case .language(nil, let isSo): isSo == (person.language == nil)
        case .language(let code?, let isSo): isSo == speaks(code, person)
        case .reach(.phone): !person.phones.isEmpty
        case .reach(.userIDOnly): person.phones.isEmpty && person.userID != nil
        case .numberKind(let kind, let isSo): isSo == (!person.phones.isEmpty && person.numberKind == kind)
        case .unreachable(let isSo):
            isSo == (!person.phones.isEmpty && person.unreachable.isSuperset(of: person.phones))
        case .reach(.nothing): person.phones.isEmpty && person.userID == nil
        case .field(let id, _, let test): holds(test, person.fields[id]?.text, FieldValue.folded)
        case .number(let id, let test): number(test, person.fields[id]?.number)
        case .date(let id, let test): date(test, person.fields[id]?.number)
        case .label(let id, let isSo): isSo == person.labels.contains(id)
        case .state(let state, let isSo): isSo == person.states.contains(state)
        case .consent(let purpose, let consent): self.consent(consent, person.consents[purpose])
        case .activity(let activity): self.activity(activity, person.conversation)
        case .created(.within(let days)): person.createdAt >= now - .days(days)
        case .created(.longer(let days)): person.createdAt < now - .days(days)
        case .created(.since(let date)): person.createdAt >= days.start(of: date)
        case .created(.before(let date)): person.createdAt < days.start(of: date)
        case .source(let source, let isSo): isSo == (person.hasHandle && source.evidence.contains(person.evidence))
        }
    }

    private func holds(
        _ test: SegmentCondition.TextTest, _ text: String?, _ folded: (String) -> String
    ) -> Bool {
        let own = text.map(folded)
        return switch test {
        case .contains(let text): own?.contains(folded(text)) ?? false
        case .starts(let text): own?.hasPrefix(folded(text)) ?? false
        case .ends(let text): own?.hasSuffix(folded(text)) ?? false
        case .equals(let text): own == folded(text)
        case .differs(let text): own != folded(text)
        case .filled: own != nil
        case .empty: own == nil
        }
    }

    private func email(_ test: SegmentCondition.TextTest, _ person: PersonSample) -> Bool {
        switch test {
        case .empty: person.emails.isEmpty
        case .differs(let text): !person.emails.contains(text.lowercased())
        default: person.emails.contains { holds(test, $0) { $0.lowercased() } }
        }
    }

    /// `5255…` is looked for with and without the 1 of Mexican mobiles.
    private func begins(_ phone: String, with prefix: String) -> Bool {
        if phone.hasPrefix(prefix) { return true }
        guard prefix.hasPrefix("52"), prefix.count > 2 else { return false }
        let rest = prefix.dropFirst(2)
        return phone.hasPrefix("52" + (rest.hasPrefix("1") ? rest.dropFirst() : "1" + rest))
    }

    private func speaks(_ code: String, _ person: PersonSample) -> Bool {
        guard let language = person.language?.lowercased() else { return false }
        return language == code.lowercased() || language.hasPrefix(code.lowercased() + "_")
    }

    private func number(_ test: SegmentCondition.NumberTest, _ number: Double?) -> Bool {
        switch test {
        case .equals(let value): number == value
        case .differs(let value): number != value
        case .atLeast(let value): number.map { $0 >= value } ?? false
        case .atMost(let value): number.map { $0 <= value } ?? false
        case .filled: number != nil
        case .empty: number == nil
        }
    }

    private func date(_ test: SegmentCondition.DateTest, _ number: Double?) -> Bool {
        guard let days = number.map({ Int($0) }) else { return test == .empty }
        let today = self.days.day(of: now)?.days ?? 0
        return switch test {
        case .on(let date): days == date.days
        case .before(let date): days < date.days
        case .after(let date): days > date.days
        case .past(let span): (today - span...today).contains(days)
        case .next(let span): (today...today + span).contains(days)
        case .filled: true
        case .empty: false
        }
    }

    private func consent(_ test: SegmentCondition.Consent, _ consent: PersonSample.Consent?) -> Bool {
        switch test {
        case .granted: consent?.isGranted == true
        case .double: consent?.isGranted == true && consent?.isDouble == true
        case .single: consent?.isGranted == true && consent?.isDouble == false
        case .withdrawn: consent?.isGranted == false
        case .unknown: consent == nil
        case .notGranted: consent?.isGranted != true
        }
    }

    private func activity(_ test: SegmentCondition.Activity, _ conversation: PersonSample.Conversation?) -> Bool {
        let last = conversation?.lastInbound
        return switch test {
        case .within(let days): last.map { $0 >= now - .days(days) } ?? false
        case .silent(let days): last.map { $0 < now - .days(days) } ?? false
        case .never: last == nil
        case .open: conversation?.isOpen == true
        case .noneOpen: conversation?.isOpen != true
        }
    }
}

extension PersonSample {
    fileprivate var shownName: String? {
        [name, profileName].first { !$0.allSatisfy(\.isWhitespace) }
    }

    fileprivate var hasHandle: Bool { !phones.isEmpty || !emails.isEmpty || userID != nil }
}
