/// Above a list after something was done to it: "3 are being tried again."
package struct OutcomeNotice: Sendable {
    package enum Tone: Sendable { case done, warning, failure }

    package let tone: Tone
    package let icon: String
    package let sentence: String

    package init(_ tone: Tone, _ sentence: String) {
        self.tone = tone
        self.sentence = sentence
        self.icon =
            switch tone {
            case .done: "circle-check"
            case .warning: "triangle-alert"
            case .failure: "circle-alert"
            }
    }
}
