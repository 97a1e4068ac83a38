import Domain
import Store
import WhatsApp

/// One request to Meta, from a claimed job to what came back.
struct SendCall {
    enum Outcome: Sendable {
        /// It went to Meta, whatever came back.
        case sent(SendOutcome)
        /// It did not leave.
        case kept(SendOutcome)
        case marked(JobResult)
    }

    typealias Report = CallReport<Outcome>

    let courier: SendCourier
    let grip: LaneGrip

    private var context: CourierContext { courier.context }

    /// Nothing comes back for a job that the gate refused: it is closed or put back already.
    func carryOut(_ job: SendJob) async -> Report {
        switch job.state {
        case .permitted(let permit, let recipient): return await send(job, permit, to: recipient)
        case .refused: return Report()
        case .needsUpload(let media):
            switch await courier.uploads.upload(media, for: job, courier: courier, grip: grip) {
            case .marked(let marked): return Report(calls: [nil]) + (await carryOutMarked(marked))
            case .failed(let failure):
                return Report(outcomes: [kept(job, because: failure)], calls: [failure.ofCall])
            case .unusable(let failure): return Report(outcomes: [kept(job, because: failure)])
            case .untried: return untried(job)
            }
        }
    }

    private func carryOutMarked(_ job: SendJob?) async -> Report {
        guard let job, case .permitted(let permit, let recipient) = job.state else { return Report() }
        return await send(job, permit, to: recipient)
    }

    /// Its file did not get to Meta, which may be tried again.
    private func kept(_ job: SendJob, because failure: CallFailure) -> Outcome {
        let outcome = outcome(of: failure, job.job, writes: .always)
        return .kept(SendOutcome(job: job, receipt: nil, failure: failure, outcome: outcome))
    }

    private func untried(_ job: SendJob, because failure: CallFailure? = nil) -> Report {
        let outcome = JobOutcome.snoozed(until: context.store.now() + .seconds(1))
        return Report(outcomes: [.kept(SendOutcome(job: job, receipt: nil, failure: failure, outcome: outcome))])
    }

    private func send(_ job: SendJob, _ permit: SendPermit, to recipient: Recipient) async -> Report {
        let message = OutgoingMessage(
            recipient: recipient, content: job.content, replyTo: job.replyTo, callbackData: "\(job.message)")
        // A process that was stopped for a while and goes on here must not write: the lane may be another's by now,
        // and the message is in the list of those that may have left. It has not, and that node settles it.
        guard context.lease.mayAct else { return untried(job) }
        guard let token = courier.number.accessToken else { return untried(job, because: .noToken) }
        do {
            let receipt = try await courier.client.send(
                message, from: job.phoneNumberID, token: token, permit: permit)
            let sent = SendOutcome(job: job, receipt: receipt, failure: nil, outcome: .completed)
            return Report(outcomes: [.sent(sent)], calls: [nil])
        } catch {
            let writes: RepeatableWrites = courier.settings.repeatsUncertain ? .always : .never
            let outcome = outcome(of: error, job.job, writes: writes)
            let sent = SendOutcome(job: job, receipt: nil, failure: error, outcome: outcome)
            return Report(outcomes: [.sent(sent)], calls: [error.ofCall])
        }
    }

    /// Read marks may be repeated: they need no permit and no certainty.
    func carryOut(_ mark: ReadMark) async -> Report {
        guard let wamid = mark.wamid, let token = courier.number.accessToken else {
            return Report(outcomes: [.marked(JobResult(job: mark.job.id, outcome: .completed, failure: nil))])
        }
        do {
            try await courier.client.markRead(
                wamid, isTyping: mark.isTyping, from: courier.number.phoneNumberID, token: token)
            return Report(
                outcomes: [.marked(JobResult(job: mark.job.id, outcome: .completed, failure: nil))], calls: [nil])
        } catch {
            var outcome = outcome(of: error, mark.job, writes: .always)
            // A mark that Meta refuses for good is nobody's work: no person could mend it.
            if case .discarded = outcome { outcome = .completed }
            return Report(
                outcomes: [.marked(JobResult(job: mark.job.id, outcome: outcome, failure: error))],
                calls: [error.ofCall])
        }
    }

    private func outcome(of failure: CallFailure, _ job: ClaimedJob, writes: RepeatableWrites) -> JobOutcome {
        courier.settings.policy.outcome(
            of: failure, attempt: job.attempt, now: context.store.now(), jitter: context.jitter(), writes: writes)
    }
}

extension SendCourier {
    /// Meta was at fault, not the message: it is put back with all its attempts. What may have left stays as it is.
    func spared(_ outcome: SendOutcome) -> SendOutcome {
        SendOutcome(
            job: outcome.job, receipt: outcome.receipt, failure: outcome.failure, outcome: spared(outcome.outcome))
    }

    func spared(_ outcome: JobOutcome) -> JobOutcome {
        switch outcome {
        case .retried, .discarded: .snoozed(until: context.store.now() + .seconds(1) * context.jitter())
        case .completed, .snoozed, .uncertain, .verifyFirst: outcome
        }
    }
}

extension CallFailure {
    /// The configuration has one since this lane was taken up, or had one.
    static let noToken = CallFailure(
        kind: .accountWide, code: "no_access_token", scope: .number, vendorText: "",
        advice: LocalizedText(
            en: "This number has no access token. Write one into puente.yaml (access_token), then restart.",
            es: "Este número no tiene token de acceso. Escríbalo en puente.yaml (access_token) y reinicie."))
}
