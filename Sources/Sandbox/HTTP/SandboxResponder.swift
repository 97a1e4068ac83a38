import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Reads a request, finds the simulator it is for, and carries out the faults that were asked for.
struct SandboxResponder: HTTPResponder {
    let world: SandboxWorld

    func respond(to request: Request, context: SandboxContext) async throws -> Response {
        let segments = Self.segments(of: request.uri.path)
        let limit = segments.contains("media") ? ByteLimits.upload : ByteLimits.body
        guard let body = try? await request.body.collect(upTo: limit) else {
            // Too long or broken off: either way there is no request to answer.
            return Answer.text("The body is longer than \(limit) bytes or broke off.", status: 413).response()
        }
        let call = Call(
            method: CallMethod(rawValue: request.method.rawValue) ?? .other, segments: segments,
            query: Self.query(of: request.uri), headers: request.headers,
            body: body, origin: "http://\(request.head.authority ?? world.hostAndPort)", now: world.clock.now)
        switch segments.first {
        case "sandbox": return await world.controls.answer(call.dropping(1)).response()
        case "hubspot": return try await respond(call.dropping(1), .hubspot, world.hubSpot, context)
        case "own": return try await respond(call.dropping(1), .own, world.ownSystem, context)
        case "zoho":
            let call = call.dropping(1).withFormQuery(request.uri.query)
            return try await respond(call, .zoho, world.zoho, context)
        case "odoo": return try await respond(call.dropping(1), .odoo, world.odoo, context)
        case "salesforce":
            let call = call.dropping(1).withFormQuery(request.uri.query)
            return try await respond(call, .salesforce, world.salesforce, context)
        default: return try await respond(call, .whatsapp, world.cloudAPI, context)
        }
    }

    private func respond(
        _ call: Call, _ target: Fault.Target, _ simulator: some Simulator, _ context: SandboxContext
    ) async throws -> Response {
        let fault = world.faults.decide(for: target, method: call.method.rawValue, path: call.segments)
        if fault.isQuiet { return world.count(simulator.answer(call), for: target).response() }

        try await wait(fault.delayBefore)
        if fault.dropsRequest { return cut(context) }
        var answer = fault.refusal.map { simulator.refusal($0, call: call) } ?? simulator.answer(call)
        _ = world.count(answer, for: target)
        try await wait(fault.delayAfter)
        if fault.dropsAnswer { return cut(context) }
        if fault.truncates {
            answer.body = answer.body.getSlice(at: 0, length: answer.body.readableBytes / 2) ?? .init()
        }
        return answer.response()
    }

    private func wait(_ milliseconds: Int64) async throws {
        if milliseconds > 0 { try await Task.sleep(for: .milliseconds(milliseconds)) }
    }

    /// Closes the connection; the response returned afterwards reaches nobody.
    private func cut(_ context: SandboxContext) -> Response {
        context.channel.close(promise: nil)
        return Response(status: .serviceUnavailable)
    }

    private static func segments(of path: String) -> [String] {
        path.split(separator: "/").map { part in
            part.contains("%") ? String(part).removingPercentEncoding ?? String(part) : String(part)
        }
    }

    private static func query(of uri: HummingbirdCore.URI) -> [String: String] {
        guard uri.query != nil else { return [:] }
        var query: [String: String] = [:]
        for (name, value) in uri.queryParameters {
            // A list may come as one value with commas or as a repeated name: the vendors read both.
            query[String(name), default: ""] += query[String(name)] == nil ? String(value) : ",\(value)"
        }
        return query
    }
}
