package import Domain

/// How many rows have one thing in common, and some of them.
package struct CleaningTally: Equatable, Sendable {
    package struct Sample: Equatable, Sendable {
        /// As ``FileRow/number``.
        package let row: Int
        /// The cells that it is about, on one line, cut.
        package let written: String
        package let sentence: LocalizedText
    }

    package static let maxSamples = 20
    private static let maxWritten = 100

    /// Stable across releases, for example `phone_tooShort`.
    package let code: String
    package let title: LocalizedText
    package private(set) var count = 0
    /// The first of them, at most ``maxSamples``.
    package private(set) var samples: [Sample] = []

    init(code: String, title: LocalizedText) {
        self.code = code
        self.title = title
    }

    mutating func add(row: Int, written: @autoclosure () -> String, _ sentence: @autoclosure () -> LocalizedText) {
        count += 1
        guard samples.count < Self.maxSamples else { return }
        let text = written()
        let cut = text.count > Self.maxWritten ? "\(text.prefix(Self.maxWritten))…" : text
        samples.append(Sample(row: row, written: cut, sentence: sentence()))
    }
}
