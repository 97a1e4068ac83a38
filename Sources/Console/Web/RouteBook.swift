import Hummingbird

/// Which addresses are pages, and which take commands. Filled while routes are added.
final class RouteBook {
    /// A path's parts, whatever those are called that vary.
    typealias Shape = [String]

    var pages: Set<Shape> = []
    var commands: [RouterPath] = []

    static func shape(of path: RouterPath) -> Shape {
        path.description.split(separator: "/").map { $0.first == "{" ? "*" : String($0) }
    }

    /// - Returns: how many parts of the command's path are the nearest page above it; nil where it is a page itself, and
    ///   where there is none but the front page.
    func depthOfPage(above command: RouterPath) -> Int? {
        let shape = Self.shape(of: command)
        guard !pages.contains(shape), shape.count > 1 else { return nil }
        return (1..<shape.count).reversed().first { pages.contains(Array(shape.prefix($0))) }
    }
}
