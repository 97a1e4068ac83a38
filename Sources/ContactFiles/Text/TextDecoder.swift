internal import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Turns the bytes of one encoding into UTF-8, through the system's iconv. For one thread.
final class TextDecoder {
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    let encoding: TextEncoding
    /// Nil for UTF-8, which is only checked.
    private let converter: iconv_t?

    init(_ encoding: TextEncoding) throws(PuenteError) {
        self.encoding = encoding
        guard encoding != .utf8 else {
            converter = nil
            return
        }
        let opened = iconv_open("UTF-8", encoding.iconvName)
        // iconv's word for failure is (iconv_t)(-1).
        guard let opened, Int(bitPattern: opened) != -1 else { throw .encodingUnavailable(encoding) }
        converter = opened
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    /// Replaces `text` by the meaning of `bytes`, which begin and end between characters.
    /// - Returns: whether all of them mean something; what does not becomes U+FFFD.
    func decode(_ bytes: inout [UInt8], into text: inout [UInt8]) -> Bool {
        guard let converter else {
            swap(&bytes, &text)
            guard !UTF8Check(text).isValid else { return true }
            text = Array(String(decoding: text, as: UTF8.self).utf8)
            return false
        }
        text.removeAll(keepingCapacity: true)
        iconv(converter, nil, nil, nil, nil)
        var isClean = true
        bytes.withUnsafeMutableBytes { input in
            isClean = convert(input.bindMemory(to: CChar.self), with: converter, into: &text)
        }
        return isClean
    }

    private func convert(
        _ input: UnsafeMutableBufferPointer<CChar>, with converter: iconv_t, into text: inout [UInt8]
    ) -> Bool {
        var source = input.baseAddress
        var left = input.count
        var isClean = true
        while left > 0 {
            let failure = step(&source, &left, with: converter, into: &text)
            guard failure != 0 else { break }
            if failure == E2BIG { continue }
            // A byte that means nothing, or half a character at the end.
            isClean = false
            text.append(contentsOf: Self.replacement)
            let skipped = min(left, encoding.unitBytes)
            source = source.map { $0 + skipped }
            left -= skipped
            iconv(converter, nil, nil, nil, nil)
        }
        return isClean
    }

    /// Converts until the input ends, the room does, or something is wrong.
    /// - Returns: 0, or iconv's error.
    private func step(
        _ source: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, with converter: iconv_t,
        into text: inout [UInt8]
    ) -> Int32 {
        let capacity = max(64, left * 2)
        var failure: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, written in
            var target: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(buffer.baseAddress)?
                .assumingMemoryBound(to: CChar.self)
            var room = capacity
            if iconv(converter, &source, &left, &target, &room) == -1 { failure = errno }
            written = capacity - room
        }
        text.append(contentsOf: chunk)
        return failure
    }
}
