/// An MP4 without tracks: programs recognise it, and there is nothing to play. Source: ISO/IEC 14496-12.
enum MP4File {
    static let empty: [UInt8] = {
        let brand = Array("isom".utf8) + [0, 0, 2, 0] + Array("isomiso2mp41".utf8)
        var header = [UInt8](repeating: 0, count: 100)
        header.replaceSubrange(12..<16, with: [0, 0, 3, 0xE8])  // 1,000 units a second
        header.replaceSubrange(20..<26, with: [0, 1, 0, 0, 1, 0])  // rate 1, volume 1
        header[36 + 1] = 1  // the unit matrix: 1, 1 and 0x40000000 on its diagonal
        header[52 + 1] = 1
        header[68] = 0x40
        header[99] = 1  // next track
        return box("ftyp", brand) + box("moov", box("mvhd", header)) + box("mdat", [])
    }()

    private static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let length = UInt32(content.count + 8)
        return (0..<4).map { UInt8(truncatingIfNeeded: length >> UInt32(24 - $0 * 8)) } + Array(name.utf8) + content
    }
}
