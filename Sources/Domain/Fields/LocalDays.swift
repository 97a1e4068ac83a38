/// Which day it is where a company works.
package struct LocalDays: Sendable {
    private let offset: @Sendable (Timestamp) -> Duration

    /// - Parameter offset: how far the clocks there are ahead of UTC at a moment.
    package init(offset: @escaping @Sendable (Timestamp) -> Duration) {
        self.offset = offset
    }

    package static let utc = LocalDays { _ in .zero }

    /// Nil beyond ``CivilDate/years``.
    package func day(of moment: Timestamp) -> CivilDate? {
        CivilDate(moment + offset(moment))
    }

    /// What the clocks there show, as if that were UTC.
    package func clock(at moment: Timestamp) -> Timestamp {
        moment + offset(moment)
    }

    /// Its first moment.
    package func start(of day: CivilDate) -> Timestamp {
        // The clocks may have been changed between UTC's midnight and theirs.
        let guess = day.start - offset(day.start)
        return day.start - offset(guess)
    }
}
