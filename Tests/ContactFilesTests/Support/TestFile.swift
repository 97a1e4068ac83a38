import ContactFiles
import Domain
import Foundation

/// A file in the temporary folder, gone with the test.
final class TestFile {
    let path: String

    init(_ bytes: some Collection<UInt8>) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "contacts-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(filePath: path))
    }

    convenience init(_ text: String) throws {
        try self.init(Array(text.utf8))
    }

    deinit {
        // Nothing else looks at it; a left-over file is the system's to clean.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// A file that lies beside the tests.
    static func fixture(_ name: String) throws -> TestFile {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/\(name)")
        return try TestFile(Data(contentsOf: url))
    }

    func open(_ limits: FileLimits = FileLimits()) throws -> ContactFile {
        try ContactFile(path: path, limits: limits)
    }

    func inspect(
        _ choices: ReadingChoices = ReadingChoices(), limits: FileLimits = FileLimits()
    ) throws
        -> FileInspection
    {
        try open(limits).inspect(choices)
    }

    /// All that it yields as detected.
    func items(_ choices: ReadingChoices = ReadingChoices(), limits: FileLimits = FileLimits()) throws -> [FileItem] {
        let file = try open(limits)
        return try file.items(file.inspect(choices).plan)
    }

    func cells(_ choices: ReadingChoices = ReadingChoices()) throws -> [[String]] {
        try items(choices).map(\.cells)
    }
}

extension ContactFile {
    func items(_ plan: ReadingPlan, from checkpoint: Checkpoint = .start) throws -> [FileItem] {
        let reader = try rows(plan, from: checkpoint)
        var items: [FileItem] = []
        while let item = try reader.next() { items.append(item) }
        return items
    }
}

extension FileItem {
    var fault: RowFault? { if case .fault(let fault) = self { fault } else { nil } }
    var row: FileRow? { if case .row(let row) = self { row } else { nil } }
}

/// The refusal of what is tried; nil when it goes through.
func refusal(_ work: () throws -> Void) throws -> PuenteError? {
    do {
        try work()
        return nil
    } catch let error as PuenteError {
        return error
    }
}
