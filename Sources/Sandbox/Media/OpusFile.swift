/// A voice message: Opus silence in an Ogg container, mono, 20 ms a packet. Sources: RFC 3533, RFC 6716, RFC 7845.
enum OpusFile {
    private static let samplesPerPacket = 960
    private static let preSkip = 312

    static func silence(seconds: Int) -> [UInt8] {
        let serial: UInt32 = 0x5055_4E54
        var file = page([head], granule: 0, serial: serial, sequence: 0, flags: 2)
        file += page([tags], granule: 0, serial: serial, sequence: 1, flags: 0)
        for second in 0..<seconds {
            let granule = UInt64((second + 1) * 50 * samplesPerPacket + preSkip)
            let packets = [[UInt8]](repeating: [0xF8, 0xFF, 0xFE], count: 50)
            file += page(
                packets, granule: granule, serial: serial, sequence: UInt32(second + 2),
                flags: second == seconds - 1 ? 4 : 0)
        }
        return file
    }

    private static let head: [UInt8] =
        Array("OpusHead".utf8) + [1, 1] + little(UInt64(preSkip), 2) + little(48_000, 4) + [0, 0, 0]

    private static let tags: [UInt8] =
        Array("OpusTags".utf8) + little(6, 4) + Array("Puente".utf8) + little(0, 4)

    private static func page(
        _ packets: [[UInt8]], granule: UInt64, serial: UInt32, sequence: UInt32, flags: UInt8
    ) -> [UInt8] {
        var page = Array("OggS".utf8) + [0, flags] + little(granule, 8)
        page += little(UInt64(serial), 4) + little(UInt64(sequence), 4) + [0, 0, 0, 0]
        page += [UInt8(packets.count)] + packets.map { UInt8($0.count) } + packets.flatMap { $0 }
        page.replaceSubrange(22..<26, with: little(UInt64(checksum(page)), 4))
        return page
    }

    private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0
        for byte in bytes {
            sum ^= UInt32(byte) << 24
            for _ in 0..<8 { sum = sum & 0x8000_0000 == 0 ? sum << 1 : sum << 1 ^ 0x04C1_1DB7 }
        }
        return sum
    }
}
