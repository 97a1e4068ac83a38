package import Domain
import Foundation

/// Finds the folder with templates, style sheets and words, once, when the program starts.
package enum AssetFolder {
    /// The variable by which an operator names another folder.
    package static let variable = "PUENTE_ASSETS"

    /// - Parameters:
    ///   - environment: the process environment.
    ///   - program: the path of the running program, symbolic links resolved.
    /// - Returns: the path of a folder that holds `templates/layout.mustache`.
    /// - Throws: ``PuenteError`` `.unavailable` that names the places looked at.
    package static func resolve(
        environment: [String: String], program: String
    ) throws(PuenteError) -> String {
        let places = candidates(environment: environment, program: program)
        if let found = places.first(where: isAssetFolder) { return found }
        let list = places.joined(separator: ", ")
        throw PuenteError(
            .unavailable, detail: "assets_missing",
            en: "The console's assets were not found in \(list). Set \(variable) to the folder that holds them.",
            es: "No se encontraron los recursos de la consola en \(list). Indique su carpeta en \(variable).")
    }

    /// A folder named by the operator is the only one looked at: a mistake in it must not be covered up.
    static func candidates(environment: [String: String], program: String) -> [String] {
        if let named = environment[variable], !named.isEmpty { return [named] }
        let folder = (program as NSString).deletingLastPathComponent
        let installed = ((folder as NSString).deletingLastPathComponent as NSString)
            .appendingPathComponent("share/puente")
        let beside = (folder as NSString).appendingPathComponent("Assets")
        return [installed, beside] + checkout(around: folder)
    }

    /// A program run from its build folder finds the assets of the checkout it was built in.
    private static func checkout(around folder: String) -> [String] {
        guard let build = folder.range(of: "/.build/") else { return [] }
        return [String(folder[..<build.lowerBound]) + "/Assets"]
    }

    private static func isAssetFolder(_ path: String) -> Bool {
        FileManager.default.isReadableFile(atPath: path + "/templates/layout.mustache")
    }
}
