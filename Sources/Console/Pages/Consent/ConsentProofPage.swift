package import Domain
import Foundation

/// What can be shown to whoever asks whether a person agreed: a sheet to print.
package struct ConsentProofPage: Page {
    package static let template = "consent/proof"

    package struct Handle: Sendable {
        package let kind: String
        package let value: String
    }

    package let title: String
    package let company: String
    package let name: String
    package let contact: String
    package let handles: [Handle]
    package let standing: ConsentStandingView
    package let entries: [ConsentEntryView]
    package let isEmpty: Bool
    package let questions: [ConsentQuestionView]
    package let hasQuestions: Bool
    package let madeAt: MomentText
    package let madeBy: String
    /// "Time zone: America/Mexico_City (UTC−06:00)."
    package let zone: String
    package let backURL: String

    /// - Parameter reader: who prints it.
    package init(_ facts: ConsentFacts, company: String, reader: String, in context: PageContext) {
        let name = facts.person.displayName(in: context)
        self.title = context.words("consent.sheet.title", ["name": name])
        self.company = company
        self.name = name
        self.contact = facts.person.id.description
        self.handles = [
            facts.person.phone.map { Handle(kind: context.words("consent.sheet.phone"), value: $0) },
            facts.person.username.map { Handle(kind: context.words("consent.sheet.username"), value: "@" + $0) },
        ].compactMap(\.self)
        self.standing = ConsentStandingView(facts.standing, isOnPaper: true, in: context)
        self.entries = facts.entries.map { ConsentEntryView($0, in: context) }
        self.isEmpty = facts.entries.isEmpty
        self.questions = facts.questions.map { ConsentQuestionView($0, isOnPaper: true, in: context) }
        self.hasQuestions = !facts.questions.isEmpty
        self.zone = context.words("consent.sheet.zone", ["zone": Self.zone(context)])
        self.madeAt = MomentText.sentence(context.now, in: context)
        self.madeBy = context.words("consent.sheet.madeBy", ["name": reader])
        self.backURL = "/contacts/\(facts.person.id)/consent"
    }

    private static func zone(_ context: PageContext) -> String {
        let now = Date(timeIntervalSince1970: Double(context.now.milliseconds) / 1000)
        let minutes = context.zone.secondsFromGMT(for: now) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let offset = (minutes < 0 ? "−" : "+") + two(abs(minutes) / 60) + ":" + two(abs(minutes) % 60)
        return "\(context.zone.identifier) (UTC\(offset))"
    }
}
