import CRM
import Domain
import Store

extension CRMCourier {
    /// A message as the CRM's timeline shows it.
    func activity(_ job: ActivityJob) -> Activity {
        let url = settings.publicURL.map { "\($0)/inbox/\(job.conversation)" }
        return Activity(
            puenteID: "\(job.message)", contact: contact(job.contact), conversationID: "\(job.conversation)",
            direction: job.isInbound ? .inbound : .outbound, authorName: job.authorName, at: job.at,
            kind: job.content.kind, text: job.isRevoked ? "🗑" : job.content.plainText, media: media(job),
            status: job.status, statusCode: job.shownFailure?.code,
            statusDetail: job.shownFailure.map { FailureAdvice($0).advice }, statusAt: job.statusAt,
            conversationURL: url)
    }

    private func contact(_ contact: CRMContact) -> ActivityContact {
        ActivityContact(
            puenteID: "\(contact.id)", remoteID: contact.remoteID,
            name: contact.name.isEmpty ? contact.profileName : contact.name, waID: contact.phone,
            userID: contact.userID)
    }

    /// Files are links into the console, which asks for a sign-in: what customers sent is not for everybody.
    private func media(_ job: ActivityJob) -> [ActivityMedia] {
        guard case .media(let media) = job.content, !job.isRevoked, let id = media.storedID,
            let base = settings.publicURL
        else { return [] }
        return [
            ActivityMedia(
                kind: media.kind, url: "\(base)/media/\(id)", filename: media.filename, mimeType: media.mimeType)
        ]
    }
}

extension ActivityJob {
    /// A message that got on its way, or is still to go, needs no explanation.
    fileprivate var shownFailure: ShownFailure? {
        switch status {
        case .failed, .refused, .uncertain: statusFailure
        case .queued, .sending, .accepted, .sent, .delivered, .read, .played, .received: nil
        }
    }

    fileprivate var authorName: String {
        if let author { return author }
        if !isInbound { return "WhatsApp" }
        return contact.name.isEmpty ? contact.profileName : contact.name
    }
}
