internal import Domain

/// One kind of file, read row by row. Blank rows are counted and left out.
protocol RowStream: AnyObject {
    /// The next row or fault, nil at the end.
    /// - Throws: when the file as a whole cannot be read on.
    func next() throws(PuenteError) -> FileItem?

    /// Where reading would have to begin to yield what comes after the last item.
    var checkpoint: Checkpoint { get }

    var progress: ReadingProgress { get }
}
