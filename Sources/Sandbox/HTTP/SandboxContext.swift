import Hummingbird
import Logging
import NIOCore

/// Keeps the connection beside each request, so that a fault can cut it.
struct SandboxContext: InitializableFromSource {
    typealias Source = ApplicationRequestContextSource

    let channel: any Channel

    init(source: Source) {
        channel = source.channel
    }
}
