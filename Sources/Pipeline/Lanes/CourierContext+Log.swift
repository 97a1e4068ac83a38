import Domain
import Logging
import Store

extension CourierContext {
    /// One line for each job that is a person's from now on: the page says everything, the log that there is something.
    /// - Parameter lane: where it was.
    func logEnd(of job: JobID, _ outcome: JobOutcome, because failure: CallFailure?, in lane: Lane) {
        let sentence: Logger.Message
        switch outcome {
        case .discarded: sentence = "a job became a dead letter"
        case .uncertain: sentence = "a send may have left"
        case .completed, .retried, .snoozed, .verifyFirst: return
        }
        logger.warning(
            sentence,
            metadata: ["job_id": "\(job)", "lane": "\(lane)", "code": "\(failure?.code ?? "")"])
    }
}
