/// Why bytes are not JSON that we read.
enum JSONFault: Error, Equatable {
    /// Not JSON at this byte.
    case syntax(at: Int)
    /// More than ``JSONParser/maxDepth`` containers inside each other.
    case tooDeep
}
