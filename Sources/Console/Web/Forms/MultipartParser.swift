import Domain
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads `multipart/form-data` (RFC 7578) as it arrives; holds no more than a chunk and a part's headers.
struct MultipartParser {
    struct Part: Equatable {
        let name: String
        /// Nil for a plain field.
        let filename: String?
        let contentType: String?
    }

    enum Event: Equatable {
        case part(Part)
        case bytes(ByteBuffer)
        case partEnd
    }

    private enum State { case preamble, delimiter, headers, body, complete }

    private static let maxHeaderBytes = 8192
    private static let lineEnd: [UInt8] = [13, 10]

    private let delimiter: [UInt8]
    /// The first delimiter may stand at the very beginning: what comes is read as though a line had ended before it.
    private var pending = ByteBuffer(bytes: lineEnd)
    private var state = State.preamble

    init(boundary: String) {
        delimiter = Self.lineEnd + Array("--\(boundary)".utf8)
    }

    /// Whether the last part's end was seen.
    var isComplete: Bool { state == .complete }

    mutating func feed(_ chunk: ByteBuffer) {
        // What follows the last part is nobody's.
        guard state != .complete else { return }
        pending.discardReadBytes()
        pending.writeImmutableBuffer(chunk)
    }

    /// What can be said by now; nil until more arrives.
    mutating func next() throws -> Event? {
        while true {
            switch state {
            case .complete: return nil
            case .preamble:
                guard skipToDelimiter() else { return nil }
                state = .delimiter
            case .delimiter:
                guard let mark = pending.readBytes(length: 2) else { return nil }
                guard mark == Self.lineEnd || mark == Array("--".utf8) else { throw PuenteError.unreadableForm }
                state = mark == Self.lineEnd ? .headers : .complete
            case .headers:
                guard let part = try readHeaders() else { return nil }
                state = .body
                return .part(part)
            case .body: return readBody()
            }
        }
    }

    private mutating func skipToDelimiter() -> Bool {
        guard let place = offset(of: delimiter) else {
            pending.moveReaderIndex(forwardBy: max(0, pending.readableBytes - delimiter.count + 1))
            return false
        }
        pending.moveReaderIndex(forwardBy: place + delimiter.count)
        return true
    }

    private mutating func readBody() -> Event? {
        if let place = offset(of: delimiter) {
            if place > 0, let bytes = pending.readSlice(length: place) { return .bytes(bytes) }
            pending.moveReaderIndex(forwardBy: delimiter.count)
            state = .delimiter
            return .partEnd
        }
        // The end may be the beginning of the delimiter.
        let sure = pending.readableBytes - delimiter.count + 1
        guard sure > 0, let bytes = pending.readSlice(length: sure) else { return nil }
        return .bytes(bytes)
    }

    private mutating func readHeaders() throws -> Part? {
        let end = Self.lineEnd + Self.lineEnd
        guard let length = offset(of: end) else {
            guard pending.readableBytes <= Self.maxHeaderBytes else { throw PuenteError.unreadableForm }
            return nil
        }
        guard length <= Self.maxHeaderBytes, let text = pending.readString(length: length) else {
            throw PuenteError.unreadableForm
        }
        pending.moveReaderIndex(forwardBy: end.count)
        return try MultipartHeaders(text).part
    }

    /// Where the bytes begin, counted from the reader's place.
    private func offset(of bytes: [UInt8]) -> Int? {
        pending.withUnsafeReadableBytes { haystack in bytes.withUnsafeBytes { Self.offset(of: $0, in: haystack) } }
    }

    private static func offset(of needle: UnsafeRawBufferPointer, in haystack: UnsafeRawBufferPointer) -> Int? {
        guard let start = haystack.baseAddress, let sought = needle.baseAddress, let first = needle.first else {
            return nil
        }
        var place = 0
        while place + needle.count <= haystack.count {
            guard let found = memchr(start + place, Int32(first), haystack.count - needle.count + 1 - place) else {
                return nil
            }
            place = UnsafeRawPointer(found) - start
            if memcmp(found, sought, needle.count) == 0 { return place }
            place += 1
        }
        return nil
    }

    /// The boundary out of a content type; nil when it is no multipart form, or its boundary none by RFC 2046.
    static func boundary(in contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let type = parts.first, type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
            let value = part.dropFirst("boundary=".count).filter { $0 != "\"" }
            let isValid = (1...70).contains(value.utf8.count) && value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
            return isValid ? value : nil
        }
        return nil
    }
}
