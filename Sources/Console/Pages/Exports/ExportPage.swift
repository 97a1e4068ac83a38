internal import Domain
package import Pipeline

/// Contacts as a file: whom it holds, and in what form.
package struct ExportPage: Page {
    package static let template = "exports/page"

    package struct Format: Sendable {
        package let value: String
        package let label: String
        package let hint: String
        package let isChosen: Bool
    }

    package let title: String
    package let tabs: ContactsTabs
    /// "1,203 contacts of the segment “Clientes de Puebla”"
    package let audience: String
    package let isNobody: Bool
    /// Of whom the list shows.
    package let hidden: [BulkFormPage.Hidden]
    package let formats: [Format]

    package init(_ audience: BulkAudience, in context: PageContext) {
        title = context.words("exports.title")
        tabs = ContactsTabs(.contacts, in: context)
        self.audience = audience.sentence(in: context)
        isNobody = audience.count.value == 0
        hidden = audience.parameters
        formats = ContactExport.Format.allCases.map {
            Format(
                value: $0.rawValue, label: context.words("exports.format.\($0.rawValue)"),
                hint: context.words("exports.formatHint.\($0.rawValue)"), isChosen: $0 == .csv)
        }
    }
}
