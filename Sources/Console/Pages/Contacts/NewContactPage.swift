package import Domain

/// The form for somebody new.
package struct NewContactPage: Page {
    package static let template = "contacts/new"

    /// As it was sent, and what stands in its way.
    package struct Draft: Sendable {
        package var name: String
        package var phone: String
        package var region: String
        package var email: String
        package var note: String
        package var labels: Set<LabelID>
        package var language = ""
        /// What was written for the company's own fields.
        package var values: [FieldID: String] = [:]
        /// The field that is wrong: `phone`, `email`, `name`, `note`, one of the company's own as the form names it; nil
        /// while none is, or all are together.
        package var field: String?
        package var error: LocalizedText?
        /// Who has the phone or the address already.
        package var owner: PersonFacts?
        /// People of the same name: it may be one of them.
        package var namesakes: [PersonFacts]

        package init(
            name: String = "", phone: String = "", region: String, email: String = "", note: String = "",
            labels: Set<LabelID> = [], field: String? = nil, error: LocalizedText? = nil, owner: PersonFacts? = nil,
            namesakes: [PersonFacts] = []
        ) {
            self.name = name
            self.phone = phone
            self.region = region
            self.email = email
            self.note = note
            self.labels = labels
            self.field = field
            self.error = error
            self.owner = owner
            self.namesakes = namesakes
        }
    }

    package struct LabelChoice: Sendable {
        package let value: String
        package let name: String
        package let color: String
        package let isChosen: Bool
    }

    package let title: String
    package let tabs: ContactsTabs
    package let name: String
    package let phone: String
    package let email: String
    package let note: String
    package let languages: [ContactsPage.Choice]
    package let regions: [RegionChoice]
    package let fields: [ContactDetailsCard.Field]
    package let labels: [LabelChoice]
    package let hasLabels: Bool
    package let error: String?
    package let holder: HolderView?
    package let namesakes: [HolderView]
    package let hasNamesakes: Bool
    package let isNameWrong: Bool
    package let isPhoneWrong: Bool
    package let isEmailWrong: Bool
    package let isNoteWrong: Bool
    package let isFieldWrong: Bool

    /// - Parameter fields: of the company's own, those that are not put away.
    package init(
        _ draft: Draft, labels: [LabelFacts], fields: [FieldFacts] = [], regions: [RegionFacts],
        in context: PageContext
    ) {
        let error = draft.error?[context.language]
        self.title = context.words("contacts.new.title")
        self.tabs = ContactsTabs(.contacts, in: context)
        self.name = draft.name
        self.phone = draft.phone
        self.email = draft.email
        self.note = draft.note
        self.languages = ContactPage.languages(draft.language, in: context)
        self.fields = fields.map { field in
            ContactDetailsCard.field(
                field, written: draft.values[field.id] ?? "",
                error: draft.field == Self.name(of: field.id) ? error : nil, in: context)
        }
        self.regions = RegionChoice.all(regions, chosen: draft.region, in: context)
        self.labels = labels.map {
            LabelChoice(
                value: "\($0.id)", name: $0.name, color: $0.color.rawValue, isChosen: draft.labels.contains($0.id))
        }
        self.hasLabels = !labels.isEmpty
        self.error = error
        self.holder = draft.owner.map { HolderView($0, in: context) }
        self.namesakes = draft.namesakes.map { HolderView($0, in: context) }
        self.hasNamesakes = !draft.namesakes.isEmpty
        self.isNameWrong = draft.field == "name"
        self.isPhoneWrong = draft.field == "phone"
        self.isEmailWrong = draft.field == "email"
        self.isNoteWrong = draft.field == "note"
        self.isFieldWrong = self.fields.contains { $0.error != nil }
    }

    /// As the form names one of the company's fields.
    package static func name(of field: FieldID) -> String { "field.\(field)" }
}
