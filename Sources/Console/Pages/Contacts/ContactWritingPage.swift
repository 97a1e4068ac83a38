package import Domain

/// Writing to somebody with whom there is no open conversation: from which number, and by which template.
package struct ContactWritingPage: Page {
    package static let template = "contacts/writing"

    package struct Number: Sendable {
        package let id: NumberID
        /// As people read it.
        package let name: String

        package init(id: NumberID, name: String) {
            self.id = id
            self.name = name
        }
    }

    package struct Choice: Sendable {
        package let id: String
        package let label: String
        package let isSelected: Bool
    }

    package let title: String
    package let heading: ContactHeading
    package let notice: OutcomeNotice?
    /// "Write to Lucía"
    package let task: String
    package let lead: String
    package let writingURL: String
    package let choices: [Choice]
    package let hasChoice: Bool
    /// Nil where there is no number to write from.
    package let composer: ComposerView?

    /// - Parameter number: the one that is written from.
    package init(
        _ heading: ContactHeadingFacts, numbers: [Number], composer: ComposerView?, number: NumberID?,
        notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let heading = ContactHeading(heading, tab: .overview, in: context)
        self.heading = heading
        self.task = context.words("contacts.writing.title", ["name": heading.name])
        self.title = self.task
        self.lead = context.words("contacts.writing.lead", ["name": heading.name])
        self.notice = notice
        self.writingURL = heading.url + "/writing"
        self.choices = numbers.map {
            Choice(id: $0.id.description, label: $0.name, isSelected: $0.id == number)
        }
        self.hasChoice = numbers.count > 1
        self.composer = composer
    }
}
