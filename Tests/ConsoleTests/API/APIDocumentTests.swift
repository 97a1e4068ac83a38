import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Console

@Suite struct `The OpenAPI document` {
    @Test func `describes exactly the operations that the server has`() async throws {
        try await APIWorld.run { world in
            let api = try ConsoleAPI.sample(world.store, folder: "/nowhere", rates: [:])

            let served = Set(api.operations.map { "\($0.method.rawValue) \($0.path.text) \($0.id)" })
            let described = Set(try Self.operations())

            #expect(served.subtracting(described) == [], "not described")
            #expect(described.subtracting(served) == [], "not served")
            #expect(served.count == api.operations.count)
        }
    }

    @Test func `names the parameters that each operation knows`() async throws {
        try await APIWorld.run { world in
            let api = try ConsoleAPI.sample(world.store, folder: "/nowhere", rates: [:])
            let described = try Self.queryParameters()

            for operation in api.operations {
                #expect(Set(operation.query) == described[operation.id] ?? [], "\(operation.id)")
            }
        }
    }

    @Test func `is served without a key`() async throws {
        try await APIWorld.run { world in
            let reply = try await world.call(.get, "/api/openapi.yaml", key: nil)

            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/yaml; charset=utf-8")
            #expect(reply.text.hasPrefix("openapi: 3.1.0\n"))
            #expect(try await world.call(.post, "/api/openapi.yaml", key: nil).headers["allow"] == "GET, HEAD")
        }
    }

    @Test func `lists every reason why a value stays where it is`() throws {
        let all = Set(SyncRefusal.allCases.map(\.rawValue))
        let lists = try Self.lists()

        #expect(lists.contains(all))
        // The others come of putting back only.
        let others = [SyncRefusal.filledBlank, .toldAnew].map(\.rawValue)
        #expect(lists.contains(all.subtracting(others).union(["ask"])))
    }

    // MARK: Reading it

    /// The choices that stand in one line each.
    private static func lists() throws -> [Set<String>] {
        let text = String(decoding: try OpenAPIDocument.read(SampleWorld.assetsFolder), as: UTF8.self)
        return text.matches(of: #/enum: \[([^\]]+)\]/#).map { match in
            Set(match.1.split(separator: ", ").map { String($0) })
        }
    }

    private static func lines() throws -> [Substring] {
        let text = String(decoding: try OpenAPIDocument.read(SampleWorld.assetsFolder), as: UTF8.self)
        let paths = try #require(text.firstRange(of: "\npaths:\n")).upperBound
        let end = try #require(text.firstRange(of: "\ncomponents:\n")).lowerBound
        return text[paths..<end].split(separator: "\n")
    }

    /// `GET /api/v1/messages listMessages`, from the indentation that the file keeps to.
    private static func operations() throws -> [String] {
        var path = ""
        var method = ""
        var found: [String] = []
        for line in try lines() {
            if let match = line.wholeMatch(of: #/  (/api\S+):/#) { path = String(match.1) }
            if let match = line.wholeMatch(of: #/    (get|put|post|patch|delete):/#) { method = match.1.uppercased() }
            if let match = line.wholeMatch(of: #/      operationId: (\w+)/#) {
                found.append("\(method) \(path) \(match.1)")
            }
        }
        return found
    }

    private static func queryParameters() throws -> [String: Set<String>] {
        var operation = ""
        var name = ""
        var found: [String: Set<String>] = [:]
        for line in try lines() {
            if let match = line.wholeMatch(of: #/      operationId: (\w+)/#) { operation = String(match.1) }
            if let match = line.wholeMatch(of: #/        - \{name: (\w+), in: query,.*/#) {
                found[operation, default: []].insert(String(match.1))
            }
            if let match = line.wholeMatch(of: #/        - name: (\w+)/#) { name = String(match.1) }
            if line == "          in: query" { found[operation, default: []].insert(name) }
            if line.hasSuffix("parameters/Limit\"") { found[operation, default: []].insert("limit") }
            if line.hasSuffix("parameters/Cursor\"") { found[operation, default: []].insert("cursor") }
        }
        return found
    }
}
