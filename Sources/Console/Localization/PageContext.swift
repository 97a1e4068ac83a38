package import Domain
package import Foundation

/// For whom a page is made: the reader's language, clock and calendar. Every value of a page is built with one.
package struct PageContext: Sendable {
    package let words: Words
    package let zone: TimeZone
    package let now: Timestamp
    /// Of the company, ISO 3166 alpha-2; empty where nobody is signed in.
    package let region: String

    package init(words: Words, zone: TimeZone, now: Timestamp, region: String = "") {
        self.words = words.writing(as: region)
        self.zone = zone
        self.now = now
        self.region = region
    }

    package var language: Language { words.language }
    package var formats: Formats { Formats(words: words) }
    /// How the company writes numbers and days: what is shown is what its forms take.
    package var habits: WritingHabits { WritingHabits(region: region, language: language) }

    func civil(_ moment: Timestamp) -> CivilTime {
        CivilTime(moment, in: zone)
    }
}
