import Crypto
import Domain
import Foundation
import NIOCore

/// Files uploaded by the business (kept 30 days) or sent by customers (7 days). Bounded by bytes: the oldest goes.
struct MediaShelf: Sendable {
    struct Item: Sendable {
        let id: String
        let bytes: ByteBuffer
        let mimeType: String
        let filename: String?
        let sha256: SHA256.Digest
        let expiresAt: Timestamp
        /// The business number it belongs to.
        let numberID: String
    }

    private var items: [String: Item] = [:]
    private var order = FIFOQueue<String>()
    private var bytes = 0
    private var lastID: Int64 = 1_003_383_421_387_200
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { items.count }

    mutating func add(
        _ file: ByteBuffer, mimeType: String, filename: String?, numberID: String, keptFor: Duration, now: Timestamp
    ) -> Item {
        lastID += Int64.random(in: 1...9)
        let item = Item(
            id: String(lastID), bytes: file, mimeType: mimeType, filename: filename,
            sha256: SHA256.hash(data: file.readableBytesView), expiresAt: now + keptFor, numberID: numberID)
        items[item.id] = item
        order.append(item.id)
        bytes += file.readableBytes
        while bytes > capacity, let oldest = order.popFirst() { remove(oldest) }
        return item
    }

    func find(_ id: String, now: Timestamp) -> Item? {
        items[id].flatMap { $0.expiresAt > now ? $0 : nil }
    }

    @discardableResult
    mutating func remove(_ id: String) -> Bool {
        guard let gone = items.removeValue(forKey: id) else { return false }
        bytes -= gone.bytes.readableBytes
        return true
    }
}
