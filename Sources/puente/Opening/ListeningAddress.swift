#if canImport(Glibc)
    import Glibc
#endif

/// Where a server is about to listen. It is tried before anything else begins, so that who cannot listen takes nothing from
/// others, and says why in a sentence.
struct ListeningAddress {
    let host: String
    /// 0 takes a free one.
    let port: Int
    /// What a person changes to listen elsewhere: `server.host`; nil where it is fixed.
    var hostKey: String?
    /// `server.port`, `--port`.
    let portKey: String

    /// - Throws: wrong use, with the key's name.
    func requireFree() throws(CommandFailure) {
        guard (0...65_535).contains(port) else {
            throw CommandFailure(
                status: CommandEnding.wrongUse, en: "\(portKey) is a number from 0 to 65535, not \(port).",
                es: "\(portKey) es un número de 0 a 65535, no \(port).")
        }
        guard let error = bindingError() else { return }
        throw failure(error)
    }

    private var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private func failure(_ error: Int32) -> CommandFailure {
        switch error {
        case EADDRINUSE:
            CommandFailure(
                status: CommandEnding.wrongUse,
                en: "\(text) is in use: stop the other program or change \(portKey).",
                es: "\(text) está en uso: detenga el otro programa o cambie \(portKey).")
        case EACCES:
            CommandFailure(
                status: CommandEnding.wrongUse,
                en: "This user may not listen on \(text): change \(portKey), or give it CAP_NET_BIND_SERVICE.",
                es: "Este usuario no puede escuchar en \(text): cambie \(portKey) o dele CAP_NET_BIND_SERVICE.")
        default:
            CommandFailure(
                status: CommandEnding.wrongUse,
                en: "Nothing can listen on \(text): \(Self.reason(error)). Check \(hostKey ?? portKey).",
                es: "No se puede escuchar en \(text): \(Self.reason(error)). Revise \(hostKey ?? portKey).")
        }
    }

    private static func reason(_ error: Int32) -> String {
        String(cString: strerror(error))
    }

    /// Listens as the server will, and lets go at once.
    /// - Returns: the system's error; nil when the address is free.
    private func bindingError() -> Int32? {
        guard port != 0 else { return nil }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        // A name that cannot be resolved is no address of this machine.
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let first = list?.pointee else {
            return EADDRNOTAVAIL
        }
        defer { freeaddrinfo(list) }
        let descriptor = socket(first.ai_family, first.ai_socktype, first.ai_protocol)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, first.ai_addr, first.ai_addrlen) == 0, listen(descriptor, 1) == 0 else { return errno }
        return nil
    }
}
