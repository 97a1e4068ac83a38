package import Domain
import Logging
import NIOCore
package import Store
import Synchronization
package import WhatsApp

/// Fetches what customers sent, at once: Meta's addresses live five minutes. A lane of its own, so that a large file
/// never delays an answer.
package struct MediaCourier: LaneWorker {
    private static let maxConcurrent = 4

    let context: CourierContext
    let number: NumberAccount
    let client: GraphClient
    let graphURL: String
    let folder: MediaFolder
    let policy: RetryPolicy

    package init(
        context: CourierContext, number: NumberAccount, client: GraphClient, graphURL: String, folder: MediaFolder,
        policy: RetryPolicy
    ) {
        self.context = context
        self.number = number
        self.client = client
        self.graphURL = graphURL
        self.folder = folder
        self.policy = policy
    }

    package func work(_ grip: LaneGrip) async {
        do {
            // Fetching again is harmless: nothing of it is uncertain.
            _ = try await context.store.rescue(grip, verifyAfter: .zero)
        } catch {
            return context.logger.error("a lane could not be taken up", metadata: ["error": "\(error)"])
        }
        var circuit = Circuit(url: graphURL)
        var hasLeftovers = false
        while !Task.isCancelled, context.lease.mayAct {
            do {
                if hasLeftovers {
                    _ = try await context.store.rescue(grip, verifyAfter: .zero, includingOwn: true)
                }
                hasLeftovers = false
                await circuit.probe()
                let jobs = try await context.store.claimFetches(grip, limit: circuit.allowance(Self.maxConcurrent))
                let failures = try await fetch(jobs, grip: grip)
                circuit.note(failures)
                if jobs.isEmpty { await context.wakeBoard.wait(for: .lane(grip.lane), atMost: .seconds(1)) }
            } catch is LaneLost {
                return
            } catch {
                context.logger.error("a round of fetching failed", metadata: ["error": "\(error)"])
                hasLeftovers = true
                await pause(for: .milliseconds(500))
            }
        }
    }

    private func fetch(_ jobs: [FetchJob], grip: LaneGrip) async throws -> [CallFailure?] {
        try await withThrowingTaskGroup(of: CallFailure?.self) { group in
            for job in jobs {
                group.addTask { try await self.fetch(job, grip: grip) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private struct Fetched {
        let sha256: String
        let size: Int
        let mimeType: String?
    }

    private func fetch(_ job: FetchJob, grip: LaneGrip) async throws -> CallFailure? {
        let outcome: JobOutcome
        var fetched: Fetched?
        var failure: CallFailure?
        do {
            fetched = try await file(of: job.media)
            outcome = .completed
        } catch {
            let known = error as? CallFailure ?? .mediaNotKept("\(error)")
            failure = known
            outcome = policy.outcome(
                of: known, attempt: job.job.attempt, now: context.store.now(), jitter: context.jitter(), writes: .always
            )
        }
        context.publish(
            try await context.store.record(
                job, sha256: fetched?.sha256, size: fetched?.size, mimeType: fetched?.mimeType,
                result: JobResult(job: job.job.id, outcome: outcome, failure: failure), grip: grip, policy: policy))
        return failure
    }

    private func file(of media: StoredMedia) async throws -> Fetched {
        guard let id = media.metaID, let token = number.accessToken else { throw CallFailure.mediaWithoutID }
        let info = try await client.mediaInfo(id, of: number.phoneNumberID, token: token)
        let writer = SharedWriter(try folder.makeFile(in: media.workspace))
        let type = try await client.downloadMedia(info, token: token) { buffer in
            try writer.append(buffer)
        }
        let file = try writer.seal()
        if MediaChecksum.isMatch(file.digest, announced: info.sha256 ?? media.claimedHash) == false {
            throw CallFailure.checksumDiffers
        }
        return Fetched(sha256: file.name, size: file.size, mimeType: info.mimeType ?? type)
    }
}

/// A writer that the download's closure may hold: pieces come one after the other, the lock only says so to the
/// compiler.
private final class SharedWriter: Sendable {
    private let writer: Mutex<MediaWriter>

    init(_ writer: sending MediaWriter) {
        self.writer = Mutex(writer)
    }

    func append(_ buffer: ByteBuffer) throws {
        try writer.withLock { writer in
            try buffer.withUnsafeReadableBytes { try writer.append($0) }
        }
    }

    func seal() throws -> (digest: [UInt8], name: String, size: Int) {
        try writer.withLock { writer in
            let file = try writer.seal()
            return (file.digest, file.name, writer.size)
        }
    }
}

extension CallFailure {
    fileprivate static let mediaWithoutID = CallFailure(
        kind: .permanent, code: "media_without_id", scope: .message, vendorText: "",
        advice: LocalizedText(
            en: "WhatsApp named no file for this message. Ask the customer to send it again.",
            es: "WhatsApp no indicó ningún archivo para este mensaje. Pida al cliente que lo envíe de nuevo."))

    fileprivate static let checksumDiffers = CallFailure(
        kind: .transient, code: "media_checksum", scope: .message, vendorText: "",
        advice: LocalizedText(
            en: "The file arrived damaged. It is fetched again; if that fails too, ask the customer to send it again.",
            es: "El archivo llegó dañado. Se descarga de nuevo; si vuelve a fallar, pida al cliente que lo reenvíe."))

    fileprivate static func mediaNotKept(_ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: "media_not_kept", scope: .message, vendorText: text,
            advice: LocalizedText(
                en: "The file could not be written. Check the media folder's rights and the free disk, then try again.",
                es: "No se pudo guardar el archivo. Revise los permisos de la carpeta y el disco, y reinténtelo."))
    }
}
