import Glibc

/// One kept-open HTTP/1.1 connection with at most one request under way.
struct LoadConnection {
    /// An answer: its status, and whether the server closes the connection behind it.
    struct Answer {
        let status: Int
        let isLast: Bool
    }

    enum Reading {
        case answer(Answer)
        case incomplete
        case closed
    }

    let socket: Int32
    var request: Int?
    var dueAt: Int64 = 0
    private var received: [UInt8] = []

    /// Nil when nobody listens.
    init?(port: Int) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port).bigEndian)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            Glibc.close(socket)
            return nil
        }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    func close() { Glibc.close(socket) }

    /// Blocks while the socket's buffer is full, which a request of a kilobyte never sees.
    /// - Returns: false when the connection is gone.
    func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = Glibc.send(
                socket, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Reads what is there; the socket is known to be readable.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        let count = recv(socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        guard count > 0 else { return count < 0 && errno == EAGAIN ? .incomplete : .closed }
        let news = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
        if received.isEmpty {
            if let answer = Self.answer(in: news) { return .answer(answer) }
            received.append(contentsOf: news)
            return .incomplete
        }
        received.append(contentsOf: news)
        guard let answer = received.withUnsafeBytes({ Self.answer(in: $0) }) else { return .incomplete }
        received.removeAll(keepingCapacity: true)
        return .answer(answer)
    }

    /// The answer once all of it is there. Its body is measured by `Content-Length` and not looked at.
    private static func answer(in bytes: UnsafeRawBufferPointer) -> Answer? {
        guard bytes.count >= 16, let headEnd = endOfHead(bytes) else { return nil }
        let status = bytes[9..<12].reduce(0) { $0 * 10 + Int($1) - 48 }
        let head = String(decoding: bytes[0..<headEnd], as: UTF8.self).lowercased()
        var length = 0
        var isLast = false
        for line in head.split(whereSeparator: \.isNewline).dropFirst() {
            if line.hasPrefix("content-length:") { length = Int(line.dropFirst(15).filter(\.isNumber)) ?? 0 }
            if line.hasPrefix("connection:"), line.hasSuffix("close") { isLast = true }
        }
        return bytes.count >= headEnd + length ? Answer(status: status, isLast: isLast) : nil
    }

    private static func endOfHead(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 3
        while index < bytes.count {
            if bytes[index] == 10, bytes[index - 1] == 13, bytes[index - 2] == 10, bytes[index - 3] == 13 {
                return index + 1
            }
            index += 1
        }
        return nil
    }
}
