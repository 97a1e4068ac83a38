import Domain
import Foundation
import NIOCore

/// The services behind both RPC protocols: `common`, `object` and `db`.
extension Odoo {
    func serve(_ service: String, _ method: String, _ arguments: [JSON]) throws(OdooError) -> JSON {
        switch (service, method) {
        case ("common", "version"): return versionInfo
        case ("common", "about"): return "See http://openerp.com"
        case ("common", "login"), ("common", "authenticate"): return try signIn(arguments)
        case ("object", "execute_kw"), ("object", "execute"):
            return try execute(arguments, hasKeywords: method == "execute_kw")
        case ("db", "list"): return [JSON(options.database)]
        case ("db", "server_version"): return JSON("\(options.version).0")
        default: throw .server("'\(service.prefix(40))'")
        }
    }

    var versionInfo: JSON {
        [
            "server_version": JSON("\(options.version).0"),
            "server_version_info": [JSON(options.version), 0, 0, "final", 0, ""],
            "server_serie": JSON("\(options.version).0"), "protocol_version": 1,
        ]
    }

    /// `[database, login, key, {}]`; the user's id, or false.
    private func signIn(_ arguments: [JSON]) throws(OdooError) -> JSON {
        guard arguments.count >= 3, let database = arguments[0].text else { throw .type("expected 3 arguments") }
        let options = options
        guard database == options.database else { throw .noDatabase(database) }
        guard arguments[1].text == options.login, let given = arguments[2].text, WebhookSignature.isEqual(given, key)
        else { return false }
        return JSON(OdooState.bridgeUID)
    }

    /// `[database, uid, key, model, method, [arguments], {named}]`; `execute` has its arguments side by side.
    private func execute(_ arguments: [JSON], hasKeywords: Bool) throws(OdooError) -> JSON {
        guard arguments.count >= 5, let database = arguments[0].text else {
            throw .type("expected at least 5 arguments")
        }
        guard database == options.database else { throw .noDatabase(database) }
        guard arguments[1].wholeNumber == OdooState.bridgeUID, let given = arguments[2].text,
            WebhookSignature.isEqual(given, key)
        else { throw .denied }
        guard let model = arguments[3].text, let method = arguments[4].text else { throw .type("a model and a method") }
        let rest = Array(arguments.dropFirst(5))
        let call =
            hasKeywords
            ? try OdooCall(
                model: model, method: method, arguments: rest.first?.items ?? [],
                named: rest.count > 1 ? rest[1].members ?? JSONObject() : JSONObject())
            : try OdooCall(model: model, method: method, arguments: rest, named: JSONObject())
        return try run(call).get()
    }

    // MARK: - JSON-RPC

    /// `POST /jsonrpc`: always 200.
    func jsonRPC(_ call: Call) -> Answer {
        let body: JSON
        do {
            body = try call.json()
        } catch {
            return Self.page(400, "Bad Request", "Invalid JSON data")
        }
        let parameters = body["params"] ?? [:]
        do throws(OdooError) {
            let result = try serve(
                parameters["service"]?.text ?? "", parameters["method"]?.text ?? "", parameters["args"]?.items ?? [])
            return Self.envelope(result, id: body["id"])
        } catch {
            return Self.envelope(error: error, id: body["id"])
        }
    }

    /// What clients such as OdooRPC ask at first.
    func web(_ call: Call) -> Answer {
        let body = (try? call.json()) ?? [:]  // these pages do without a body
        let parameters = body["params"] ?? [:]
        switch call.segments {
        case ["web", "webclient", "version_info"]: return Self.envelope(versionInfo, id: body["id"])
        case ["web", "session", "authenticate"]:
            return session(parameters, id: body["id"])
        case ["web", "session", "destroy"]: return Self.envelope(.null, id: body["id"])
        default: return Self.page(404, "Not Found", "The requested URL was not found on the server.")
        }
    }

    private func session(_ parameters: JSON, id: JSON?) -> Answer {
        do throws(OdooError) {
            let uid = try signIn([
                parameters["db"] ?? false, parameters["login"] ?? false, parameters["password"] ?? false,
            ])
            guard uid != false else { throw .denied }
            var answer = Self.envelope(
                [
                    "uid": uid, "is_system": false, "is_admin": false, "name": "WhatsApp Bridge",
                    "username": parameters["login"], "db": parameters["db"],
                    "user_context": ["lang": "en_US", "tz": "Europe/Madrid", "uid": uid],
                    "server_version": JSON("\(options.version).0"),
                    "server_version_info": [JSON(options.version), 0, 0, "final", 0, ""],
                ], id: id)
            answer.headers.append(("Set-Cookie", "session_id=\(UUID().uuidString.lowercased()); Path=/; HttpOnly"))
            return answer
        } catch {
            return Self.envelope(error: error, id: id)
        }
    }

    static func envelope(_ result: JSON, id: JSON?) -> Answer {
        .json(["jsonrpc": "2.0", "id": id ?? .null, "result": result])
    }

    static func envelope(error: OdooError, id: JSON?) -> Answer {
        .json([
            "jsonrpc": "2.0", "id": id ?? .null,
            "error": ["code": 200, "message": "Odoo Server Error", "data": error.json],
        ])
    }

    // MARK: - XML-RPC

    /// `POST /xmlrpc/2/{common|object|db}`: always 200; a fault says what went wrong.
    func xmlRPC(_ call: Call) -> Answer {
        guard let request = XMLRPCReader.read(String(buffer: call.body)) else {
            return Self.page(400, "Bad Request", "Invalid XML-RPC")
        }
        do throws(OdooError) {
            let result = try serve(call.segments[2], request.method, request.parameters)
            return .text(XMLRPCWriter.response(result), type: "text/xml")
        } catch {
            return .text(XMLRPCWriter.fault(error), type: "text/xml")
        }
    }
}
