package import Domain
package import Foundation

/// For whom a page is made: the reader's language, clock and calendar. Every value of a page is built with one.
package struct PageContext: Sendable {
    package let words: Words
    package let zone: TimeZone
    package let now: Timestamp

    package init(words: Words, zone: TimeZone, now: Timestamp) {
        self.words = words
        self.zone = zone
        self.now = now
    }

    package var language: Language { words.language }
    package var formats: Formats { Formats(words: words) }

    func civil(_ moment: Timestamp) -> CivilTime {
        CivilTime(moment, in: zone)
    }
}
