import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension TransportFailure {
    /// What is known about a call that ended with `error`.
    ///
    /// How we know that nothing was asked, although connections are pooled: a request with a body is only complete when
    /// its body has been written, and the client asks our `WatchedBody` for the bytes after it has a connection and has
    /// written the head. While they were not asked for, the other side has an incomplete request at most, on a
    /// connection that is closed afterwards. From that moment on, whatever happens is unknown: a server that closes an
    /// idle connection while we write to it looks the same as one that closes it after acting.
    ///
    /// A request without a body leaves in one write that nobody can watch, so for it only errors of connecting count as
    /// certain. Such requests are reads, which may be repeated anyway.
    init(cause error: any Error, hasBody: Bool, wasBodyTaken: Bool) {
        if let failure = error as? TransportFailure {
            self = failure
        } else if wasBodyTaken {
            self = .unknown(Self.text(of: error))
        } else if Self.isConnecting(error) {
            self = .unreachable(Self.text(of: error))
        } else if hasBody || Self.isBeforeConnecting(error) {
            self = .notSent(Self.text(of: error))
        } else {
            self = .unknown(Self.text(of: error))
        }
    }

    /// Name look-up, TCP or TLS failed.
    private static func isConnecting(_ error: any Error) -> Bool {
        switch error {
        case is NIOConnectionError, is NIOSSLExtraError: true
        case let error as NIOSSLError: if case .handshakeFailed = error { true } else { false }
        case let error as ChannelError: if case .connectTimeout = error { true } else { false }
        // What a connection to a bare IP address fails with. A reset or a broken pipe is not among them.
        case let error as IOError:
            [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN].contains(error.errnoCode)
        case let error as HTTPClientError: error == .connectTimeout || error == .tlsHandshakeTimeout
        default: false
        }
    }

    /// The client refused the request itself, or had no connection to give.
    private static func isBeforeConnecting(_ error: any Error) -> Bool {
        guard let error = error as? HTTPClientError else { return false }
        return [
            .getConnectionFromPoolTimeout, .alreadyShutdown, .invalidURL, .emptyHost, .emptyScheme,
        ].contains(error)
            || ["Unsupported scheme", "Invalid header field names", "Invalid header field values"]
                .contains(error.shortDescription)
    }

    /// Bounded, and without anything of the request: the client's errors may quote header values.
    private static func text(of error: any Error) -> String {
        switch error {
        case is DeadlineReached: "no answer within the deadline"
        case is CancellationError: "cancelled"
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError: words(of: error)
        case let error as NIOConnectionError: words(of: error)
        default: Redaction.text(String(describing: error), limit: 300)
        }
    }
}

extension TransportFailure {
    /// What the operating system calls it, without the numbers.
    private static func words(of error: IOError) -> String {
        switch error.errnoCode {
        case ECONNREFUSED: "connection refused"
        case EHOSTUNREACH, ENETUNREACH: "no route to it"
        case EHOSTDOWN, ENETDOWN: "it is down"
        case ETIMEDOUT: "it does not respond"
        case ECONNRESET, EPIPE: "it closed the connection"
        default: Redaction.text(String(describing: error), limit: 300)
        }
    }

    /// A name has several addresses, and each fails for itself: the first one stands for all.
    private static func words(of error: NIOConnectionError) -> String {
        guard let first = error.connectionErrors.first?.error else { return "the name could not be looked up" }
        return text(of: first)
    }
}

/// The whole call took longer than its deadline.
struct DeadlineReached: Error {}
