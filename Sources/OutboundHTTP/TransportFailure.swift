/// Why there is no answer. The question that matters is whether the other side may have acted on the request.
/// The texts hold host names and causes, never a path, a query, a header or a body.
package enum TransportFailure: Error, Equatable, Sendable {
    /// Certainly nothing was asked: the destination could not be connected to (name, refusal, TLS, time-out).
    case unreachable(String)
    /// Certainly nothing was asked, and that is not the destination's fault: no free connection in time, a pooled
    /// connection that closed before our body was taken, a URL that is none, a cancelled task, a client shut down.
    case notSent(String)
    /// It may have been acted on: the request had been handed to the connection when it or our patience ended.
    case unknown(String)
    /// There was an answer, longer than the limit. The request was received, so it may have been acted on.
    case responseTooLarge
    /// The guard for addresses that a person typed said no. Nothing was asked.
    case addressRefused(AddressRefusal)
}
