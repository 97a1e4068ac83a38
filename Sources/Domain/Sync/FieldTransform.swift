/// How a value is rewritten on its way from Puente to the CRM, and back where that can be done.
package enum FieldTransform: Equatable, Sendable {
    package enum LetterCase: String, Codable, CaseIterable, Sendable { case upper, lower, title }

    package enum PhoneForm: String, Codable, CaseIterable, Sendable {
        /// `+34600111222`
        case e164
        /// `34600111222`
        case digits
        /// `600 11 12 22`
        case national
        /// `+34 600 11 12 22`
        case international
    }

    package enum DateForm: String, Codable, CaseIterable, Sendable {
        case yearMonthDay = "yyyy-mm-dd"
        case dayMonthYear = "dd/mm/yyyy"
        case monthDayYear = "mm/dd/yyyy"
    }

    /// One line of a choice table.
    package struct Choice: Codable, Equatable, Sendable {
        package var ours: String
        package var theirs: String

        package init(ours: String, theirs: String) {
            self.ours = ours
            self.theirs = theirs
        }
    }

    /// Only this way: back, the text is taken as it is.
    case letters(LetterCase)
    case phone(PhoneForm)
    /// How the CRM writes days; Puente's own is `yyyy-mm-dd`.
    case date(DateForm)
    /// What stands in no line is `otherwise`, or is not passed on.
    case choices([Choice], otherwise: String?)
    /// The part with this number, from 1, of a text with separators; all that is left for the last. Not back.
    case part(Int, separator: String)
    /// A text with `{{first_name}}` and its like in it. Not back.
    case template(String)

    package var isReversible: Bool {
        switch self {
        case .letters, .phone, .date, .choices: true
        case .part, .template: false
        }
    }
}

/// What transforms need besides the value.
package struct TransformContext: Sendable {
    /// A number in a form; nil for what is none.
    package var phone: @Sendable (String, FieldTransform.PhoneForm) -> String?
    /// What Puente says of a field of the same contact; nil for an unknown word, empty for what says nothing.
    package var variable: @Sendable (String) -> String?
    /// Where the company works: of a moment the day there is written.
    package var days: LocalDays

    package init(
        phone: @escaping @Sendable (String, FieldTransform.PhoneForm) -> String?,
        variable: @escaping @Sendable (String) -> String?, days: LocalDays = .utc
    ) {
        self.phone = phone
        self.variable = variable
        self.days = days
    }
}
