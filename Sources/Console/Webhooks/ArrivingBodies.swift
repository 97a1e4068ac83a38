import Hummingbird
import NIOCore
package import Pipeline
import Synchronization

/// The bytes of requests that have begun to arrive. Nothing proves yet whose they are, so they have room of their own,
/// and only what is here counts: whoever announces much and sends little takes none from those that are whole.
package final class ArrivingBodies: Sendable {
    private let most: Int
    private let bytes = Mutex(0)

    init(most: Int) {
        self.most = most
    }

    /// Half of what whole webhooks may hold, and room for one that is as long as may be.
    package convenience init(_ limits: IntakeLimits) {
        self.init(most: max(limits.maxBytesInFlight / 2, limits.maxBodyBytes))
    }

    /// - Returns: whether there was room. Give it back with ``give(_:)``.
    func take(_ count: Int) -> Bool {
        bytes.withLock { bytes in
            guard bytes + count <= most else { return false }
            bytes += count
            return true
        }
    }

    func give(_ count: Int) {
        guard count > 0 else { return }
        bytes.withLock { $0 -= count }
    }
}

extension ArrivingBodies {
    enum Reading: Sendable {
        /// Its bytes are still counted: give them back when they are somebody else's concern.
        case whole([UInt8])
        case tooLarge
        case tooSlow
        case noRoom
        case broken
    }

    /// Reads a body as its bytes come.
    func read(_ body: RequestBody, limit: Int, within timeout: Duration) async -> Reading {
        do {
            return try await withReadTimeout(timeout) { try await self.read(body, limit: limit) }
        } catch is ReadTimedOut {
            return .tooSlow
        } catch {
            return .broken
        }
    }

    private func read(_ body: RequestBody, limit: Int) async throws -> Reading {
        var bytes: [UInt8] = []
        var isKept = false
        defer { if !isKept { give(bytes.count) } }
        for try await piece in body {
            guard bytes.count + piece.readableBytes <= limit else { return .tooLarge }
            guard take(piece.readableBytes) else { return .noRoom }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        isKept = true
        return .whole(bytes)
    }
}
