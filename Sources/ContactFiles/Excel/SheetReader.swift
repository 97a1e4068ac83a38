internal import Domain

/// Makes rows of a sheet's XML. Cells that are empty, or that are not there, keep their column.
final class SheetReader: XMLHandler {
    private let workbook: Workbook
    private let limits: FileLimits
    private let firstRow: Int
    private var items: [FileItem] = []
    private var taken = 0

    private var rowNumber = 0
    private var cells: [String] = []
    private var rowBytes = 0
    private var fault: RowFault.Kind?
    private var cell = SheetCell()
    /// Of all rows so far. Few bytes of XML can name one long text again and again.
    private var bytesGivenOut = 0

    init(_ workbook: Workbook, limits: FileLimits, firstRow: Int) {
        self.workbook = workbook
        self.limits = limits
        self.firstRow = firstRow
    }

    var hasItems: Bool { taken < items.count }

    func take() -> FileItem? {
        guard hasItems else {
            items.removeAll(keepingCapacity: true)
            taken = 0
            return nil
        }
        taken += 1
        return items[taken - 1]
    }

    func begin(_ element: XMLName, _ attributes: XMLAttributes) throws(PuenteError) {
        switch element {
        case "c": cell.begin(attributes)
        case "v": cell.isInText = true
        case "t": cell.isInText = !cell.isInPronunciation
        case "rPh": cell.isInPronunciation = true
        case "row": try beginRow(attributes)
        default: break
        }
    }

    func end(_ element: XMLName) throws(PuenteError) {
        switch element {
        case "v", "t": cell.isInText = false
        case "c": try endCell()
        case "rPh": cell.isInPronunciation = false
        case "row": endRow()
        default: break
        }
    }

    func text(_ utf8: UnsafeRawBufferPointer) throws(PuenteError) {
        guard rowNumber >= firstRow else { return }
        cell.take(utf8, maxBytes: limits.cellBytes)
    }

    /// Rows come in order; one that says otherwise follows the one before.
    private func beginRow(_ attributes: XMLAttributes) throws(PuenteError) {
        let stated = attributes["r"].flatMap(SheetCell.number) ?? 0
        rowNumber = max(rowNumber + 1, stated)
        guard rowNumber <= 10_000_000 else { throw .workbookDamaged("sheet") }
        cell.beginRow()
        cells.removeAll(keepingCapacity: true)
        rowBytes = 0
        fault = nil
    }

    private func endCell() throws(PuenteError) {
        guard rowNumber >= firstRow, fault == nil else { return }
        let text = try cell.value(in: workbook)
        guard !text.isEmpty else { return }
        guard cell.column < limits.columns else {
            fault = .tooManyCells(max: limits.columns)
            return
        }
        while cells.count <= cell.column { cells.append("") }
        cells[cell.column] = text
        rowBytes += text.utf8.count
        bytesGivenOut += text.utf8.count
        guard bytesGivenOut <= workbook.maxSheetBytes else { throw .workbookBomb }
        if text.utf8.count > limits.cellBytes { fault = .cellTooLong(maxBytes: limits.cellBytes) }
        if rowBytes > limits.rowBytes { fault = .rowTooLong(maxBytes: limits.rowBytes) }
        if text.utf8.contains(0) { fault = .nulByte }
    }

    private func endRow() {
        guard rowNumber >= firstRow else { return }
        if let fault {
            items.append(.fault(RowFault(number: rowNumber, line: nil, kind: fault, cells: cut(cells))))
        } else {
            let row = FileRow(number: rowNumber, line: nil, cells: cells)
            if !row.isBlank { items.append(.row(row)) }
        }
    }
}
