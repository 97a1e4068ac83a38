/// `Range: bytes=…` of one range (RFC 9110, 14.2), as players of sound and film ask. Anything else means the whole.
enum ByteRange: Equatable {
    case whole
    case part(ClosedRange<Int>)
    case unsatisfiable

    init(_ header: String?, size: Int) {
        guard size > 0, let header, header.hasPrefix("bytes="), !header.contains(",") else {
            self = .whole
            return
        }
        let bounds = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2 else {
            self = .whole
            return
        }
        switch (Int(bounds[0]), Int(bounds[1])) {
        case (let first?, let last?) where first >= 0 && last >= first: self = Self.part(first, last, size)
        case (let first?, nil) where first >= 0 && bounds[1].isEmpty: self = Self.part(first, size - 1, size)
        case (nil, let length?) where bounds[0].isEmpty && length > 0:
            self = Self.part(max(0, size - length), size - 1, size)
        case (nil, 0?) where bounds[0].isEmpty: self = .unsatisfiable
        default: self = .whole
        }
    }

    private static func part(_ first: Int, _ last: Int, _ size: Int) -> ByteRange {
        first < size ? .part(first...min(last, size - 1)) : .unsatisfiable
    }
}
