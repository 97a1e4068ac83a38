import CRM
import Domain
import Store

/// Activities that a CRM refused because it has no such contact any more: people delete records, and merge them.
struct MissingContacts {
    let courier: CRMCourier

    /// The report of a call that recorded activities; where the contact is gone, its job comes again when the contact has
    /// been found or made anew.
    func found(in report: CRMCall.Report) async -> CRMCall.Report {
        var report = report
        for (index, outcome) in report.outcomes.enumerated() where isSuspicious(outcome) {
            report.outcomes[index] = await examined(outcome)
        }
        return report
    }

    /// CRMs do not agree on how they say it, so every lasting refusal of a single activity is looked into.
    private func isSuspicious(_ outcome: ActivityOutcome) -> Bool {
        guard courier.connector.capabilities.findsContacts, outcome.outcome == .discarded else { return false }
        return outcome.failure?.kind == .permanent && outcome.failure?.scope == .message
    }

    private func examined(_ outcome: ActivityOutcome) async -> ActivityOutcome {
        guard let failure = outcome.failure, let id = outcome.job.contact.remoteID else { return outcome }
        do {
            guard try await courier.connector.contact(remoteID: id)?.id != id else { return outcome }
            return ActivityOutcome(
                job: outcome.job, outcome: courier.outcome(outcome.job, failure.passing, writes: .always).outcome,
                failure: failure.passing, gone: .contact)
        } catch {
            // It was refused for certain; only the reason is not known yet.
            return courier.outcome(outcome.job, error, writes: .always)
        }
    }
}

extension CallFailure {
    /// The same, as something that may go by itself.
    var passing: CallFailure {
        CallFailure(kind: .transient, code: code, scope: scope, vendorText: vendorText, advice: advice)
    }
}
