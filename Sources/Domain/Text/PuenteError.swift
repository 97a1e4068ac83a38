/// A failure that a person meets: as a page, as a problem document or as a line on the terminal.
/// Any other error that reaches the edge is shown as "Something went wrong" and logged in full.
package struct PuenteError: Error, Equatable, Sendable {
    /// For programs: stable across releases.
    package enum Code: String, Codable, Sendable {
        case invalid, unauthorized, forbidden, notFound, conflict, refused, tooLarge, throttled, unavailable
    }

    package let code: Code
    /// A finer code where one exists, for example a send refusal's.
    package let detail: String?
    /// For the person: what happened and what to do next, without secrets.
    package let message: LocalizedText

    package init(_ code: Code, detail: String? = nil, en: String, es: String) {
        self.init(code, detail: detail, message: LocalizedText(en: en, es: es))
    }

    package init(_ code: Code, detail: String? = nil, message: LocalizedText) {
        self.code = code
        self.detail = detail
        self.message = message
    }
}

extension PuenteError: CustomStringConvertible {
    package var description: String { message.en }
}
