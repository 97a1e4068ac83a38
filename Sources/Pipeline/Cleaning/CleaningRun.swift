package import ContactFiles
package import Domain

/// Goes through a file once and judges every row of it, in bounded memory. For one thread.
package final class CleaningRun {
    package struct Row: Sendable {
        /// As the file has it.
        package let item: FileItem
        package let verdict: CleaningVerdict
        /// Of a row that is rejected: it says that the person opted out. That counts, whatever becomes of the row.
        package let optsOut: Bool

        /// Why a rejected row is not taken, and what counts of it all the same.
        package func reason(_ rejection: CleaningRejection) -> LocalizedText {
            optsOut ? rejection.sentence + CleaningFigures.optOutCounts : rejection.sentence
        }
    }

    /// Of the rows given out so far.
    package private(set) var figures = CleaningFigures()
    private let reader: RowReader
    private var cleaner: ContactCleaner

    package init(_ reader: RowReader, by cleaner: ContactCleaner) {
        self.reader = reader
        self.cleaner = cleaner
    }

    package var progress: ReadingProgress { reader.progress }

    /// The next row and what becomes of it; nil at the end.
    /// - Throws: when the file cannot be read any further.
    package func next() throws(PuenteError) -> Row? {
        guard let item = try reader.next() else { return nil }
        let verdict = cleaner.judge(item)
        let optsOut = verdict.isRejection && cleaner.optOut(in: item) != nil
        figures.count(verdict, row: item.number, optsOut: optsOut, written: cleaner.written(in: item))
        return Row(item: item, verdict: verdict, optsOut: optsOut)
    }
}

extension CleaningVerdict {
    fileprivate var isRejection: Bool {
        if case .rejected = self { true } else { false }
    }
}
