import Domain
import Logging
import Store
import WhatsApp

/// Brings a file that a person gave us to Meta before its message is marked: a repeat is harmless there.
package struct MediaUploads: Sendable {
    let folder: MediaFolder

    package init(folder: MediaFolder) {
        self.folder = folder
    }

    /// - Returns: the job, marked and ready to leave; nil when it was closed or put back.
    func upload(_ media: MediaID, for job: SendJob, courier: SendCourier, grip: LaneGrip) async -> SendJob? {
        let store = courier.context.store
        do {
            guard let stored = try await store.storedMedia(media, in: job.job.workspace), let sha256 = stored.sha256,
                let token = courier.number.accessToken, let size = try folder.size(of: sha256, in: stored.workspace)
            else { throw CallFailure.fileMissing }
            let metaID = try await courier.client.uploadMedia(
                folder.file(sha256, in: stored.workspace), byteCount: size, kind: stored.kind,
                mimeType: stored.mimeType ?? "application/octet-stream",
                fileName: stored.filename ?? "file", to: job.phoneNumberID, token: token)
            try await store.noteUpload(media, metaID: metaID, in: job.job.workspace)
            return try await store.markSend(job.job, grip: grip)
        } catch {
            await giveBack(job, because: error as? CallFailure ?? .fileUnreadable("\(error)"), courier, grip)
            return nil
        }
    }

    private func giveBack(
        _ job: SendJob, because failure: CallFailure, _ courier: SendCourier, _ grip: LaneGrip
    ) async {
        let context = courier.context
        let outcome = courier.settings.policy.outcome(
            of: failure, attempt: job.job.attempt, now: context.store.now(), jitter: context.jitter(), writes: .always)
        let result = SendOutcome(job: job, receipt: nil, failure: failure, outcome: outcome)
        do {
            context.publish(try await context.store.record([result], grip: grip, policy: courier.settings.policy))
            await context.pauses.add(failure, keys: courier.pauseKeys, in: courier.number.workspace)
        } catch {
            context.logger.error("an upload's failure could not be written", metadata: ["error": "\(error)"])
        }
    }
}

extension CallFailure {
    fileprivate static let fileMissing = CallFailure(
        kind: .permanent, code: "file_missing", scope: .message, vendorText: "",
        advice: LocalizedText(
            en: "The file of this message is no longer here. Attach it again and send a new message.",
            es: "El archivo de este mensaje ya no está. Adjúntelo de nuevo y envíe otro mensaje."))

    fileprivate static func fileUnreadable(_ text: String) -> CallFailure {
        CallFailure(
            kind: .transient, code: "file_unreadable", scope: .message, vendorText: text,
            advice: LocalizedText(
                en: "The file could not be read. Check the media folder, then try again.",
                es: "No se pudo leer el archivo. Revise la carpeta de archivos y reinténtelo."))
    }
}
