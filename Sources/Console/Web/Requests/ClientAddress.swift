/// Who is really at the other end: the peer, or whom a proxy of ours says it speaks for.
struct ClientAddress: Equatable, Sendable {
    let text: String

    /// - Parameters:
    ///   - peer: the address of the connection itself.
    ///   - forwarded: the values of `X-Forwarded-For`, in their order. Each proxy appends whom it got the request from, so
    ///     the list is read from its end, and only while a proxy of ours wrote it: anybody can write its beginning.
    init(peer: String?, forwarded: [String], isTrusted: (String) -> Bool) {
        guard let peer else {
            text = "unknown"
            return
        }
        var address = peer
        let hops = forwarded.flatMap { $0.split(separator: ",") }.suffix(16).reversed()
        for hop in hops where isTrusted(address) {
            let next = hop.filter { $0 != " " && $0 != "\t" }
            guard (1...64).contains(next.utf8.count) else { break }
            address = next
        }
        text = address
    }
}
