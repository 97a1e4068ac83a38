/// A file that is made while it is sent: nobody holds all of it.
package protocol FilePieces: Sendable {
    /// The next part; nil at the end. It may be empty.
    mutating func next() async throws -> [UInt8]?
}
