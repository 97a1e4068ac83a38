internal import Domain

/// What a ZIP archive that is no workbook is.
enum ZipContent {
    static func kind(of directory: ZipDirectory, in source: ByteSource) -> WrongKind {
        let names = Set(directory.entries.map(\.name))
        if names.contains("xl/workbook.bin") { return .binaryExcel }
        if names.contains("word/document.xml") { return .word }
        if names.contains("ppt/presentation.xml") { return .presentation }
        if names.contains("content.xml"), names.contains("meta-inf/manifest.xml") { return .openDocument }
        if names.contains("index/document.iwa") || names.contains("index.zip") { return .numbers }
        return names.contains("androidmanifest.xml") || names.contains("meta-inf/manifest.mf") ? .executable : .zip
    }
}
