package import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file of contacts, or pasted text: says what it is, and is read row by row. It knows nothing of phone numbers'
/// rules and nothing of who is stored already.
///
/// Its methods wait for the disk and take processor time: call them on a thread of their own.
package final class ContactFile: Sendable {
    private let source: ByteSource
    private let limits: FileLimits
    /// Where texts of large workbooks go that do not fit into memory; the file has no name there.
    private let spillFolder: String

    /// - Throws: when the file cannot be read, is empty or larger than the limit.
    package init(
        path: String, limits: FileLimits = FileLimits(), spillFolder: String = "/var/tmp"
    ) throws(PuenteError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .contactFileUnreadable(reason: String(cString: strerror(errno))) }
        let file = OpenFile(descriptor)
        source = .file(file, size: try Self.size(of: descriptor, limits))
        self.limits = limits
        self.spillFolder = spillFolder
    }

    /// - Parameter pasted: what a person pasted into a form: a table, vCards, or lines with a number in each.
    package init(pasted text: String, limits: FileLimits = FileLimits()) throws(PuenteError) {
        guard !text.isBlank else { throw .contactFileEmpty }
        guard text.utf8.count <= limits.fileBytes else { throw .contactFileTooLarge(maxBytes: limits.fileBytes) }
        source = .bytes(Array(text.utf8))
        self.limits = limits
        spillFolder = "/var/tmp"
    }

    package var size: Int { source.size }

    /// What the file is and how it is best read; what `choices` holds is not detected but done.
    /// - Throws: one sentence when it holds no contacts: another kind of file, nothing, too many columns, a damaged
    ///   workbook.
    package func inspect(_ choices: ReadingChoices = ReadingChoices()) throws(PuenteError) -> FileInspection {
        try FileInspector(source, choices: choices, limits: limits, spillFolder: spillFolder).inspect()
    }

    /// A workbook's sheets, whatever they hold; none of a file of another kind.
    package func sheets() throws(PuenteError) -> [FileInspection.Sheet] {
        try FileInspector(source, choices: ReadingChoices(), limits: limits, spillFolder: spillFolder).sheets()
    }

    /// The rows below the headings, one after the other.
    /// - Parameter checkpoint: where to go on; the same file and plan must have yielded it.
    package func rows(_ plan: ReadingPlan, from checkpoint: Checkpoint = .start) throws(PuenteError) -> RowReader {
        try RowReader(source, plan: plan, limits: limits, spillFolder: spillFolder, from: checkpoint)
    }

    private static func size(of descriptor: Int32, _ limits: FileLimits) throws(PuenteError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .contactFileUnreadable(reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .contactFileIsFolder }
        let size = Int(status.st_size)
        guard size > 0 else { throw .contactFileEmpty }
        guard size <= limits.fileBytes else { throw .contactFileTooLarge(maxBytes: limits.fileBytes) }
        return size
    }
}
