import ContactFiles
import Crypto
import PhoneNumbers
import Pipeline

/// A table that is cleaned row by row, as a test writes it. Its first row is row 2, as below headings.
final class CleaningTable {
    private var cleaner: ContactCleaner
    private var number = 1

    init(_ meanings: [ColumnMeaning], headings: [String] = [], region: String? = "TW") {
        cleaner = ContactCleaner(
            ColumnMapping(meanings: meanings, headings: headings), region: region.flatMap { PhoneRegion($0) },
            key: SymmetricKey(size: .bits256))
    }

    func judge(_ cells: String..., remark: RowRemark? = nil) -> CleaningVerdict {
        number += 1
        return cleaner.judge(.row(FileRow(number: number, line: number, cells: cells, remark: remark)))
    }

    func judge(_ fault: RowFault) -> CleaningVerdict {
        number = fault.number
        return cleaner.judge(.fault(fault))
    }
}

extension CleaningVerdict {
    var contact: CleanContact? {
        switch self {
        case .accepted(let contact, _), .duplicate(let contact, _): contact
        case .rejected: nil
        }
    }

    var marks: [String]? { if case .accepted(_, let marks) = self { marks.map(\.code) } else { nil } }
    var isClean: Bool { marks == [] }
    var rejection: CleaningRejection? { if case .rejected(let rejection) = self { rejection } else { nil } }
    var duplicate: Duplicate? { if case .duplicate(_, let duplicate) = self { duplicate } else { nil } }
}
