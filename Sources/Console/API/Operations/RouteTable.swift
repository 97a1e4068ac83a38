import HTTPTypes

/// Finds the operation for a request, or says which methods its path has.
struct RouteTable: Sendable {
    enum Match: Sendable {
        case operation(APIOperation, parameters: [String: String])
        case otherMethods([String])
        case nothing
    }

    let operations: [APIOperation]

    init(_ operations: [APIOperation]) {
        self.operations = operations.sorted { $0.path.variables < $1.path.variables }
    }

    func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        var methods: [String] = []
        var pattern: String?
        for operation in operations where pattern == nil || pattern == operation.path.text {
            guard let parameters = operation.path.match(parts) else { continue }
            // HEAD is GET without the body; the server leaves it out.
            if operation.method == method || (method == .head && operation.method == .get) {
                return .operation(operation, parameters: parameters)
            }
            pattern = operation.path.text
            methods.append(operation.method.rawValue)
            if operation.method == .get { methods.append("HEAD") }
        }
        return methods.isEmpty ? .nothing : .otherMethods(methods.sorted())
    }
}
