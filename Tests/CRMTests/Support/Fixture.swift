import Foundation

/// Payloads as the vendors document them, a file each.
enum Fixture {
    static func bytes(_ name: String, file: String = #filePath) throws -> [UInt8] {
        let folder = URL(filePath: file).deletingLastPathComponent()
        let root = folder.lastPathComponent == "CRMTests" ? folder : folder.deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appending(path: "Fixtures/\(name)")))
    }

    static func text(_ name: String, file: String = #filePath) throws -> String {
        String(decoding: try bytes(name, file: file), as: UTF8.self)
    }
}

/// JSON for comparing, whatever the order of its keys.
func json(_ bytes: [UInt8]) throws -> NSDictionary {
    guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary else {
        throw CocoaError(.propertyListReadCorrupt)
    }
    return object
}

func json(_ text: String) throws -> NSDictionary { try json(Array(text.utf8)) }
