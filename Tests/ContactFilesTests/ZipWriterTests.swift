import Domain
import Foundation
import Testing

@testable import ContactFiles

@Suite struct ZipWriterTests {
    private static let moment = Timestamp(milliseconds: 1_795_042_920_000)  // 2026-11-18 23:02 UTC

    /// Writes an archive and reads it again with the reader for workbooks, which checks every checksum.
    private func written(_ body: (ZipWriter) throws -> Void) throws -> [(name: String, method: UInt16, bytes: [UInt8])]
    {
        let path = NSTemporaryDirectory() + "puente-zip-\(UUID().uuidString)"
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: path) }
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        defer { close(descriptor) }
        let writer = ZipWriter(descriptor, at: Self.moment)
        try body(writer)
        let size = try writer.finish()
        let source = ByteSource.bytes(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        #expect(source.size == size)
        var limits = FileLimits()
        limits.workbookParts = 100_000
        return try ZipDirectory(source, limits: limits).entries.map { entry in
            let part = try ZipPart(entry, in: source, limits: limits)
            var bytes = [UInt8](repeating: 0, count: entry.unpackedBytes + 1)
            let count = try bytes.withUnsafeMutableBytes { try part.read(into: $0) }
            return (entry.name, entry.method, Array(bytes[..<count]))
        }
    }

    @Test func `what is written piece by piece is read as one`() throws {
        let noise = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        let text = String(repeating: "Lucía escribió «hola». ", count: 40_000)

        let parts = try written { writer in
            try writer.begin("person.json", .deflated)
            for _ in 0..<3 { try writer.append(text) }
            try writer.begin("media/foto.jpg", .stored)
            for start in stride(from: 0, to: noise.count, by: 65_536) {
                try writer.append(Array(noise[start..<min(start + 65_536, noise.count)]))
            }
            try writer.begin("empty.txt", .deflated)
        }

        #expect(parts.map(\.name) == ["person.json", "media/foto.jpg", "empty.txt"])
        #expect(parts.map(\.method) == [8, 0, 8])
        #expect(parts[0].bytes == Array((text + text + text).utf8))
        #expect(parts[1].bytes == noise)
        #expect(parts[2].bytes.isEmpty)
    }

    @Test func `more parts than sixteen bits can count are found`() throws {
        let parts = try written { writer in
            for index in 0..<70_000 {
                try writer.begin("\(index)", .stored)
                try writer.append("x")
            }
        }
        #expect(parts.count == 70_000)
        #expect(parts.last?.name == "69999" && parts.last?.bytes == Array("x".utf8))
    }

    @Test func `two parts of one name are refused`() throws {
        #expect(throws: PuenteError.self) {
            _ = try written { writer in
                try writer.begin("a", .stored)
                try writer.begin("a", .stored)
            }
        }
    }

    @Test func `times are written as far as the format reaches`() {
        #expect(ZipTime(Self.moment).date == UInt16(46 << 9 | 11 << 5 | 18))
        #expect(ZipTime(Self.moment).time == UInt16(23 << 11 | 2 << 5))
        #expect(ZipTime(Timestamp(milliseconds: 0)).date == UInt16(0 << 9 | 1 << 5 | 1))
        #expect(ZipTime(Timestamp(milliseconds: .max)).date >> 9 == 127)
    }

    @Test(arguments: [
        ("factura 12.pdf", "factura 12.pdf"), ("../../etc/passwd", "_.._etc_passwd"), ("C:\\x\\y.exe", "C__x_y.exe"),
        ("con.txt", "_con.txt"), ("  .. ", ""), ("發票.pdf", "發票.pdf"), ("a\u{0}b\n.png", "a_b_.png"), ("///", ""),
        ("LPT1", "_LPT1"), ("foto…final.JPG", "foto_final.JPG"),
    ])
    func `names are made safe for every system`(name: String, safe: String) {
        #expect(ZipName.safe(name) == safe)
    }

    @Test func `long names keep their ending`() {
        let name = ZipName.safe(String(repeating: "ñandú ", count: 60) + ".jpeg")
        #expect(name.utf8.count <= 80 && name.hasSuffix(".jpeg"))
    }
}
