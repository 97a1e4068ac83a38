/// A file as the body of a request, between two short pieces: read while it is sent, never held in memory.
package struct OutboundFile: Sendable {
    package let head: [UInt8]
    package let path: String
    /// A file that has become shorter ends the call; of a longer one so much is sent.
    package let byteCount: Int
    package let tail: [UInt8]

    package init(head: [UInt8], path: String, byteCount: Int, tail: [UInt8]) {
        self.head = head
        self.path = path
        self.byteCount = byteCount
        self.tail = tail
    }

    var length: Int64 { Int64(head.count) + Int64(byteCount) + Int64(tail.count) }
}

/// The file of a request can no longer be read.
package struct OutboundFileFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
}
