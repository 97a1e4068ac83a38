import Domain
import NIOCore

/// `POST /json/2/{model}/{method}`, from version 19 on.
extension Odoo {
    func json2(_ call: Call) -> Answer {
        guard call.method == .post else {
            return Self.page(405, "Method Not Allowed", "The method is not allowed for the requested URL.")
        }
        if let database = call.header("X-Odoo-Database"), database != options.database {
            return Self.page(404, "Not Found", "No database is selected and the requested URL was not found.")
        }
        guard let token = call.bearerToken, WebhookSignature.isEqual(token, key) else {
            return OdooError.unauthorized.json2
        }
        do throws(OdooError) {
            guard let body = try Self.body(call).members else { throw .badRequest("the body must be an object") }
            let method = try OdooCall(model: call.segments[2], method: call.segments[3], body: body)
            return .json(try run(method).get())
        } catch {
            return error.json2
        }
    }

    private static func body(_ call: Call) throws(OdooError) -> JSON {
        if call.body.readableBytes == 0 { return [:] }
        do {
            return try call.json()
        } catch {
            throw .badRequest("could not parse the body as json: \(error.message)")
        }
    }
}
