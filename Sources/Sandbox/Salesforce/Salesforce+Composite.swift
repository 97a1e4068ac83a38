import Foundation
import NIOCore
import Synchronization

/// `…/composite`: up to 25 calls in one, of which later ones may name what earlier ones answered.
/// Source: Salesforce, REST API Developer Guide, "Composite".
extension Salesforce {
    private static let maximumCalls = 25

    func composite(_ rest: [String], _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        if rest.first == "sobjects" { return try collections(Array(rest.dropFirst()), request) }
        guard rest.isEmpty, request.call.method == .post else { throw .notFound }
        let body = try request.body()
        let calls = body["compositeRequest"]?.items ?? []
        guard (1...Self.maximumCalls).contains(calls.count) else {
            throw .bad("LIMIT_EXCEEDED", "A composite request has from 1 to \(Self.maximumCalls) subrequests")
        }
        // Calls that come between are undone with this one: nobody here asks for both at once.
        let isAllOrNone = body["allOrNone"]?.flag == true
        let before = isAllOrNone ? state.withLock { $0 } : nil
        var answers: [String: JSON] = [:]
        var parts: [JSON] = []
        var hasFailed = false
        for call in calls {
            let (answer, part) = try run(call, answers, request)
            if answer.status >= 400 { hasFailed = true }
            if let name = call["referenceId"]?.text { answers[name] = part["body"] ?? .null }
            parts.append(part)
            if hasFailed, isAllOrNone { break }
        }
        if hasFailed, let before {
            state.withLock { $0 = before }
            parts = Self.halted(calls, parts)
        }
        return .json(["compositeResponse": .array(parts)])
    }

    private func run(
        _ call: JSON, _ answers: [String: JSON], _ request: SalesforceRequest
    ) throws(SalesforceError) -> (Answer, JSON) {
        guard let method = call["method"]?.text.flatMap(CallMethod.init(rawValue:)), let url = call["url"]?.text,
            let name = call["referenceId"]?.text
        else { throw .bad("JSON_PARSER_ERROR", "method, url and referenceId are needed") }
        let filled = Self.fill(JSON(url), answers).text ?? url
        let pieces = filled.split(separator: "?", maxSplits: 1).map(String.init)
        let path = pieces[0].split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        let inner = Call(
            method: method, segments: path, query: FormFields.read(pieces.count > 1 ? pieces[1] : ""),
            headers: request.call.headers,
            body: call["body"].map { JSONWriter.buffer(Self.fill($0, answers)) } ?? ByteBuffer(),
            origin: request.call.origin, now: request.call.now)
        var answer: Answer
        do throws(SalesforceError) {
            answer = try dispatch(SalesforceRequest(inner, Array(path.dropFirst(2))))
        } catch {
            answer = error.answer
        }
        let body = (try? JSONParser.parse(answer.body)) ?? .null  // an empty answer shows as null
        return (
            answer,
            [
                "body": body, "httpHeaders": [:], "httpStatusCode": JSON(answer.status), "referenceId": JSON(name),
            ]
        )
    }

    /// Puts `@{name.member}` in.
    private static func fill(_ json: JSON, _ answers: [String: JSON]) -> JSON {
        switch json {
        case .string(let text): return JSON(filled(text, answers))
        case .array(let items): return .array(items.map { fill($0, answers) })
        case .object(let object):
            var copy = JSONObject()
            for member in object.members { copy.append(member.key, fill(member.value, answers)) }
            return .object(copy)
        case .null, .bool, .integer, .number: return json
        }
    }

    private static func filled(_ text: String, _ answers: [String: JSON]) -> String {
        text.replacing(/@\{(\w+)\.(\w+)\}/) { match in
            answers[String(match.output.1)]?[String(match.output.2)]?.identifier ?? String(match.output.0)
        }
    }

    private static func halted(_ calls: [JSON], _ parts: [JSON]) -> [JSON] {
        calls.enumerated().map { index, call in
            if index < parts.count, (parts[index]["httpStatusCode"]?.wholeNumber ?? 0) >= 400 { return parts[index] }
            let error = SalesforceError.bad(
                "PROCESSING_HALTED",
                "The transaction was rolled back since another operation in the same transaction failed.")
            return [
                "body": [error.json], "httpHeaders": [:], "httpStatusCode": 400,
                "referenceId": call["referenceId"] ?? .null,
            ]
        }
    }
}
