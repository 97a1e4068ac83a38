import Foundation

/// The description of the API, written by hand and held against the route table by a test.
enum OpenAPIDocument {
    /// Below the assets folder.
    static let path = "api/openapi.yaml"
    static let url = "/api/openapi.yaml"

    static func read(_ assets: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: assets + "/" + path)))
    }
}
