/// Where the configuration comes from.
struct ConfigurationSource: Equatable, Sendable {
    /// As the person wrote it; nil when only the environment is read.
    let name: String?
    /// Absolute: where relative paths begin. The folder of the file, or the working folder without one.
    let folder: String

    init(path: String?, workingFolder: String) {
        self.name = path
        guard let path, let slash = path.lastIndex(of: "/") else {
            self.folder = workingFolder
            return
        }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        self.folder = folder.hasPrefix("/") ? folder : "\(workingFolder)/\(folder)"
    }

    func resolve(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    var place: ConfigurationProblem.Place? {
        name.map { .file($0, line: nil) }
    }
}
