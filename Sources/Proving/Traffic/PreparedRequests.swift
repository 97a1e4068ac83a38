/// HTTP requests, complete and signed, one behind the other in one piece of memory: while a load runs, its generator
/// only copies bytes into sockets and leaves the processors to what is measured.
package struct PreparedRequests: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    package init() {}

    package var count: Int { ends.count }

    package mutating func reserve(requests: Int, bytesEach: Int) {
        ends.reserveCapacity(requests)
        bytes.reserveCapacity(requests * bytesEach)
    }

    package mutating func append(_ method: String, _ path: String, headers: [(String, String)], body: [UInt8]) {
        bytes.append(contentsOf: "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n".utf8)
        bytes.append(contentsOf: "Content-Type: application/json\r\n".utf8)
        for (name, value) in headers { bytes.append(contentsOf: "\(name): \(value)\r\n".utf8) }
        bytes.append(contentsOf: "Content-Length: \(body.count)\r\n\r\n".utf8)
        bytes.append(contentsOf: body)
        ends.append(bytes.count)
    }

    func withBytes<Result>(of index: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let start = index == 0 ? 0 : ends[index - 1]
        return try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<ends[index]])) }
    }
}
