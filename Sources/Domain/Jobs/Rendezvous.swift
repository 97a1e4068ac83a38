/// Highest random weight: spreads lanes over nodes so that a node's coming or going moves only its own share.
package enum Rendezvous {
    /// The node whose weight for the lane is highest; nil without nodes.
    package static func node(for lane: String, among nodes: [Int]) -> Int? {
        nodes.max { weight(lane, $0) < weight(lane, $1) }
    }

    /// FNV-1a over lane and node, then mixed: the same on every machine, unlike Swift's own hashes.
    private static func weight(_ lane: String, _ node: Int) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in lane.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        hash = (hash ^ UInt64(truncatingIfNeeded: node)) &* 0x100_0000_01b3
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        return hash ^ (hash >> 33)
    }
}
