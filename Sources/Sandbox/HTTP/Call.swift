import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// One request, read completely: what the simulators answer without waiting for anything.
struct Call: Sendable {
    let method: CallMethod
    /// The parts of the path between slashes, decoded; without the simulator's own prefix.
    let segments: [String]
    let query: [String: String]
    let headers: HTTPFields
    let body: ByteBuffer
    /// Scheme, host and port as the caller addressed us: links in answers must be reachable for him.
    let origin: String
    let now: Timestamp

    func dropping(_ count: Int) -> Call {
        Call(
            method: method, segments: Array(segments.dropFirst(count)), query: query, headers: headers, body: body,
            origin: origin, now: now)
    }

    /// The token of `Authorization: Bearer …`.
    var bearerToken: String? {
        guard let value = headers[.authorization], value.count > 7, value.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        return value.dropFirst(7).trimmingCharacters(in: .whitespaces)
    }

    /// A header by its name, in any case.
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    func json() throws(JSONSyntaxError) -> JSON { try JSONParser.parse(body) }

    /// `true` in the query, in any case: generated clients write `True`.
    func flag(_ name: String) -> Bool { query[name]?.lowercased() == "true" }

    /// A whole number from the query, held within bounds; nil when absent or not a number.
    func number(_ name: String, in bounds: ClosedRange<Int>) -> Int? {
        query[name].flatMap { Int($0) }.map { min(max($0, bounds.lowerBound), bounds.upperBound) }
    }
}
