package import Domain
package import Store
import WhatsApp

/// What a stored failure tells a person: what happened, and what to do. A call's failure carries its own sentence; of
/// Meta's statuses only the code is kept, and the error catalogue explains it.
package struct FailureAdvice: Equatable, Sendable {
    /// A few words: "Outside the 24-hour window". Nil when only the sentence is known.
    package let title: LocalizedText?
    package let advice: LocalizedText

    package init(_ failure: ShownFailure) {
        if let advice = failure.advice {
            self.init(title: nil, advice: advice)
        } else if let code = Int(failure.code) {
            let found = ErrorCatalogue.explanation(
                forStatusFailure: GraphFailure(
                    code: code, title: failure.vendorText.isEmpty ? nil : failure.vendorText, details: nil))
            self.init(title: found.title, advice: found.advice)
        } else {
            self.init(title: nil, advice: .unexplained)
        }
    }

    private init(title: LocalizedText?, advice: LocalizedText) {
        self.title = title
        self.advice = advice
    }
}

extension LocalizedText {
    fileprivate static let unexplained = LocalizedText(
        en: "It did not work, and the answer does not say why. Try again; if it stays, look at the text below.",
        es: "No funcionó, y la respuesta no dice por qué. Inténtelo de nuevo; si continúa, mire el texto de abajo.")
}
