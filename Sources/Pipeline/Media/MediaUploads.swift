import Domain
import Logging
import Store
import WhatsApp

/// Brings a file that a person gave us to Meta before its message is marked: a repeat is harmless there.
package struct MediaUploads: Sendable {
    let folder: MediaFolder
    private let transfers = Transfers()

    package init(folder: MediaFolder) {
        self.folder = folder
    }

    enum Outcome: Sendable {
        /// Ready to leave; nil when the message was closed meanwhile.
        case marked(SendJob?)
        /// Meta did not take the file.
        case failed(CallFailure)
        /// There is no file to bring, or nothing to show Meta who brings it.
        case unusable(CallFailure)
        /// The database is at fault, or the lane is given up: put back.
        case untried
    }

    private struct File {
        let media: StoredMedia
        let path: String
        let size: Int
    }

    /// Writes nothing of what went wrong: the lane does, with what else came back.
    func upload(_ media: MediaID, for job: SendJob, courier: SendCourier, grip: LaneGrip) async -> Outcome {
        let context = courier.context
        guard let token = courier.number.accessToken else { return .unusable(.noToken) }
        do {
            guard let file = try await file(of: media, in: job.job.workspace, context.store) else {
                return .unusable(.fileMissing)
            }
            let metaID = try await transfers.run {
                try await courier.client.uploadMedia(
                    file.path, byteCount: file.size, kind: file.media.kind,
                    mimeType: file.media.mimeType ?? "application/octet-stream",
                    fileName: file.media.filename ?? "file", to: job.phoneNumberID, token: token)
            }
            try await context.store.noteUpload(media, metaID: metaID, in: job.job.workspace)
            let marked = try await context.store.markSend(job.job, grip: grip)
            context.publish(marked.report)
            return .marked(marked.send)
        } catch let failure as CallFailure {
            return transfers.isBrokenOff ? .untried : .failed(failure)
        } catch let error where error is SQLError || error is LaneLost {
            context.logger.warning("an upload was put back", metadata: ["error": "\(error)"])
            return .untried
        } catch {
            return transfers.isBrokenOff ? .untried : .unusable(.fileUnreadable("\(error)"))
        }
    }

    /// The lane is given up: what is under way has not left for a customer, and may take minutes.
    func breakOff() {
        transfers.breakOff()
    }

    /// Nil when there is none any more.
    private func file(of media: MediaID, in workspace: WorkspaceID, _ store: Store) async throws -> File? {
        guard let stored = try await store.storedMedia(media, in: workspace), let sha256 = stored.sha256,
            let size = try folder.size(of: sha256, in: stored.workspace)
        else { return nil }
        return File(media: stored, path: folder.file(sha256, in: stored.workspace), size: size)
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
