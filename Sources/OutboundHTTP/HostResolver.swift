import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Looks names up with the system's resolver.
enum HostResolver {
    private static let patience: Duration = .seconds(2)

    /// Every address of the name, in the order in which the system would try them. Throws `unreachable` without any.
    static func addresses(of host: String) async throws(TransportFailure) -> [IPAddress] {
        if let literal = IPAddress(host) { return [literal] }
        let (addresses, status) = try await answer(for: host)
        guard !addresses.isEmpty else {
            throw .unreachable(
                "no address for \(host): \(status == 0 ? "none" : String(cString: gai_strerror(status)))")
        }
        return addresses
    }

    /// getaddrinfo blocks for as long as its servers like. It gets a thread of its own, never one of the cooperative
    /// pool, and is left behind when nobody waits for it any more.
    private static func answer(for host: String) async throws(TransportFailure) -> ([IPAddress], Int32) {
        let (answers, continuation) = AsyncStream<([IPAddress], Int32)>.makeStream()
        DispatchQueue.global().async {
            continuation.yield(lookUp(host))
            continuation.finish()
        }
        do {
            let first = try await withDeadline(patience) {
                for await answer in answers { return answer }
                throw CancellationError()
            }
            return first
        } catch is DeadlineReached {
            throw .unreachable("no answer to the look-up of \(host)")
        } catch {
            throw .notSent("cancelled")
        }
    }

    private static func lookUp(_ host: String) -> ([IPAddress], Int32) {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard status == 0 else { return ([], status) }
        var addresses: [IPAddress] = []
        var node = list
        while let entry = node, addresses.count < 64 {
            if let address = address(in: entry.pointee), !addresses.contains(address) { addresses.append(address) }
            node = entry.pointee.ai_next
        }
        return (addresses, 0)
    }

    private static func address(in entry: addrinfo) -> IPAddress? {
        guard let address = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET where Int(entry.ai_addrlen) >= MemoryLayout<sockaddr_in>.size:
            return UnsafeRawPointer(address).withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                IPAddress(bytes: withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) })
            }
        case AF_INET6 where Int(entry.ai_addrlen) >= MemoryLayout<sockaddr_in6>.size:
            return UnsafeRawPointer(address).withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                IPAddress(bytes: withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) })
            }
        default:
            return nil
        }
    }
}
