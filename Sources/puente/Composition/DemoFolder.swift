import Domain
import Foundation
import Secrets

/// Where a demo keeps its data: a folder that somebody named, or a temporary one that goes with it.
struct DemoFolder {
    let path: String
    private let isTemporary: Bool

    init(path: String?) throws {
        isTemporary = path == nil
        self.path = path ?? NSTemporaryDirectory() + "puente-demo-\(UUID().uuidString.prefix(8))"
        do {
            try FileManager.default.createDirectory(
                atPath: self.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ConfigurationProblem(
                key: nil, place: nil,
                sentence: LocalizedText(
                    en: "The folder \(self.path) cannot be made: name one where you may write (--folder)",
                    es: "No se puede crear la carpeta \(self.path): indique una en la que pueda escribir (--folder)"))
        }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Kept beside the data, so that a demo that is opened again can read it.
    func keys() throws -> KeyRing {
        let file = KeyRingFile(path: file("puente.key"))
        return FileManager.default.fileExists(atPath: file.path) ? try file.read() : try file.make()
    }

    func remove() {
        guard isTemporary else { return }
        // A folder that cannot be removed is the system's to clean: it lies among the temporary ones.
        try? FileManager.default.removeItem(atPath: path)
    }
}
