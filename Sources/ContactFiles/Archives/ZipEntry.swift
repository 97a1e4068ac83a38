/// What an archive's records say of one of its parts.
struct ZipEntry {
    let name: [UInt8]
    let method: ZipWriter.Method
    let offset: UInt64
    var checksum: UInt32 = 0
    var packed: UInt64 = 0
    var unpacked: UInt64 = 0
}

extension ZipEntry {
    /// Names are UTF-8.
    static let flags: UInt16 = 1 << 11
    static let version: UInt16 = 20
    static let longVersion: UInt16 = 45

    func localHeader(_ time: ZipTime) -> [UInt8] {
        var record = ZipRecord()
        record.append(UInt32(0x0403_4B50))
        appendCommon(to: &record, time)
        record.append(UInt16(0))
        return record.bytes + name
    }

    func directoryEntry(_ time: ZipTime) -> [UInt8] {
        let isLong = offset >= UInt64(UInt32.max)
        var extra = ZipRecord()
        if isLong {
            extra.append(UInt16(1))
            extra.append(UInt16(8))
            extra.append(offset)
        }
        var record = ZipRecord()
        record.append(UInt32(0x0201_4B50))
        record.append(isLong ? Self.longVersion : Self.version)
        appendCommon(to: &record, time)
        record.append(UInt16(extra.bytes.count))
        record.append(UInt16(0))  // comment
        record.append(UInt16(0))  // disk
        record.append(UInt16(0))  // internal attributes
        record.append(UInt32(0))  // external attributes
        record.append(isLong ? UInt32.max : UInt32(offset))
        return record.bytes + name + extra.bytes
    }

    /// What both kinds of header have, from the version needed to the length of the name.
    private func appendCommon(to record: inout ZipRecord, _ time: ZipTime) {
        record.append(Self.version)
        record.append(Self.flags)
        record.append(method.rawValue)
        record.append(time.time)
        record.append(time.date)
        record.append(checksum)
        record.append(UInt32(truncatingIfNeeded: packed))
        record.append(UInt32(truncatingIfNeeded: unpacked))
        record.append(UInt16(name.count))
    }
}
