import Testing

@testable import puente

@Suite struct MediaDiskTests {
    @Test func `it warns when less is free than asked for, and not before the folder is there`() throws {
        let folder = try TemporaryFolder()

        #expect(MediaDisk(folder: folder.path, minFreeBytes: 0).warning == nil)
        #expect(MediaDisk(folder: folder.path, minFreeBytes: .max).warning != nil)
        #expect(MediaDisk(folder: folder.path + "/none", minFreeBytes: .max).warning == nil)
    }
}
