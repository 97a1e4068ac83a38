import ArgumentParser
import Foundation

/// `--config PATH`, which every command that needs a configuration has.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: [.customShort("c"), .long],
        help: ArgumentHelp(
            "The configuration file. Without it puente.yaml in the working folder, if there is one; PUENTE_… variables go before it.",
            valueName: "path"))
    var config: String?

    /// The file to read; nil where the environment has to say everything.
    var path: String? {
        if let config { return config }
        return FileManager.default.fileExists(atPath: "puente.yaml") ? "puente.yaml" : nil
    }

    func load() throws(ConfigurationProblem) -> Configuration {
        try Configuration.load(path: path, environment: Terminal.current.environment)
    }
}
