import Domain
import Store
import WhatsApp

/// One request to Meta, from a claimed job to what came back.
struct SendCall {
    enum Outcome: Sendable {
        case sent(SendOutcome)
        case marked(JobResult)
    }

    let courier: SendCourier
    let grip: LaneGrip

    private var context: CourierContext { courier.context }

    /// Nothing comes back for a job that the gate refused, or whose file could not be brought to Meta: such a job is
    /// closed or put back already.
    func carryOut(_ job: SendJob) async -> [Outcome] {
        switch job.state {
        case .permitted(let permit, let recipient): return [.sent(await send(job, permit, to: recipient))]
        case .refused: return []
        case .needsUpload(let media):
            guard let marked = await courier.uploads.upload(media, for: job, courier: courier, grip: grip),
                case .permitted(let permit, let recipient) = marked.state
            else { return [] }
            return [.sent(await send(marked, permit, to: recipient))]
        }
    }

    private func send(_ job: SendJob, _ permit: SendPermit, to recipient: Recipient) async -> SendOutcome {
        let message = OutgoingMessage(
            recipient: recipient, content: job.content, replyTo: job.replyTo, callbackData: "\(job.message)")
        // A process that was stopped for a while and goes on here must not write: the lane may be another's by now,
        // and the message is in the list of those that may have left. It has not, and that node settles it.
        guard context.lease.mayAct, let token = courier.number.accessToken else {
            return SendOutcome(job: job, receipt: nil, failure: nil, outcome: .snoozed(until: context.store.now()))
        }
        do {
            let receipt = try await courier.client.send(
                message, from: job.phoneNumberID, token: token, permit: permit)
            return SendOutcome(job: job, receipt: receipt, failure: nil, outcome: .completed)
        } catch {
            let writes: RepeatableWrites = courier.settings.repeatsUncertain ? .always : .never
            let outcome = outcome(of: error, job.job, writes: writes)
            return SendOutcome(job: job, receipt: nil, failure: error, outcome: outcome)
        }
    }

    /// Read marks may be repeated: they need no permit and no certainty.
    func carryOut(_ mark: ReadMark) async -> [Outcome] {
        guard let wamid = mark.wamid, let token = courier.number.accessToken else {
            return [.marked(JobResult(job: mark.job.id, outcome: .completed, failure: nil))]
        }
        do {
            try await courier.client.markRead(
                wamid, isTyping: mark.isTyping, from: courier.number.phoneNumberID, token: token)
            return [.marked(JobResult(job: mark.job.id, outcome: .completed, failure: nil))]
        } catch {
            var outcome = outcome(of: error, mark.job, writes: .always)
            // A mark that Meta refuses for good is nobody's work: no person could mend it.
            if case .discarded = outcome { outcome = .completed }
            return [.marked(JobResult(job: mark.job.id, outcome: outcome, failure: error))]
        }
    }

    private func outcome(of failure: CallFailure, _ job: ClaimedJob, writes: RepeatableWrites) -> JobOutcome {
        courier.settings.policy.outcome(
            of: failure, attempt: job.attempt, now: context.store.now(), jitter: context.jitter(), writes: writes)
    }
}
