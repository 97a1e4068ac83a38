package import Domain

/// What a person sees when a request failed: what happened, and where to go on.
package struct ErrorPage: Page {
    package static let template = "error"

    package let title: String
    package let heading: String
    package let sentence: String
    package let icon: String
    /// To give to the operator, who finds it in the log; nil for mistakes of the address.
    package let reference: String?
    package let backURL: String

    package init(_ error: PuenteError, reference: String?, backURL: String = "/inbox", in context: PageContext) {
        let heading = context.words("error.\(error.code.rawValue)")
        self.title = heading
        self.heading = heading
        self.sentence = error.message[context.language]
        self.icon = Self.icon(of: error.code)
        self.reference = reference
        self.backURL = backURL
    }

    /// Anything that nobody foresaw.
    package static func unexpected(reference: String, in context: PageContext) -> ErrorPage {
        ErrorPage(
            PuenteError(
                .unavailable, en: "Something went wrong on our side. Try again; if it stays, tell the operator.",
                es: "Algo falló de nuestro lado. Inténtelo de nuevo; si continúa, avise a quien opera el sistema."),
            reference: reference, in: context)
    }

    private static func icon(of code: PuenteError.Code) -> String {
        switch code {
        case .notFound: "search"
        case .unauthorized, .forbidden: "lock"
        case .throttled: "hourglass"
        case .unavailable: "wifi-off"
        case .invalid, .conflict, .refused, .tooLarge: "circle-alert"
        }
    }
}
