import Domain
import Store
import WhatsApp

/// What became of one file.
struct FetchOutcome: Sendable {
    struct File: Equatable, Sendable {
        let sha256: String
        let size: Int
        let mimeType: String?
    }

    let job: FetchJob
    let outcome: JobOutcome
    var file: File?
    var failure: CallFailure?
    /// False when the lane was given up before there was an answer: it says nothing of Meta.
    var wasTried = true

    func putBack(until: Timestamp) -> FetchOutcome {
        FetchOutcome(job: job, outcome: .snoozed(until: until), failure: failure, wasTried: wasTried)
    }
}

/// One file on its way from Meta to the media folder.
struct MediaFetch {
    let courier: MediaCourier
    let transfers: Transfers

    private var context: CourierContext { courier.context }

    func carryOut(_ job: FetchJob) async -> FetchOutcome {
        do {
            let file = try await transfers.run { try await self.file(of: job.media) }
            return FetchOutcome(job: job, outcome: .completed, file: file)
        } catch {
            let now = context.store.now()
            guard !transfers.isBrokenOff else {
                return FetchOutcome(job: job, outcome: .snoozed(until: now), wasTried: false)
            }
            let failure = error as? CallFailure ?? .mediaNotKept("\(error)")
            return FetchOutcome(
                job: job,
                outcome: courier.policy.outcome(
                    of: failure, attempt: job.job.attempt, now: now, jitter: context.jitter(), writes: .always),
                failure: failure)
        }
    }

    private func file(of media: StoredMedia) async throws -> FetchOutcome.File {
        guard let id = media.metaID else { throw CallFailure.mediaWithoutID }
        // Without a token the client says so, for the whole account.
        let (client, token) = (courier.client, courier.number.accessToken ?? "")
        let info = try await client.mediaInfo(id, of: courier.number.phoneNumberID, token: token)
        let draft = MediaDraft(courier.folder, in: media.workspace)
        let type = try await client.downloadMedia(info, token: token) { try await draft.append($0) }
        let announced = info.sha256 ?? media.claimedHash
        let sealed = try await draft.seal { MediaChecksum.isMatch($0, announced: announced) ?? true }
        guard let sealed else { throw CallFailure.checksumDiffers }
        return FetchOutcome.File(sha256: sealed.name, size: sealed.size, mimeType: info.mimeType ?? type)
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
