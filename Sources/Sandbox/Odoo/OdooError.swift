/// A refusal in Odoo's words: the name of a Python exception and its text. JSON-2 adds an HTTP status, JSON-RPC answers
/// 200 in any case, XML-RPC has fault codes.
/// Source: Odoo 19, `addons/rpc`, and `odoo/http.py` (16 to 19).
struct OdooError: Error, Equatable, Sendable {
    let name: String
    let message: String
    /// Of JSON-2.
    let status: Int

    private init(_ name: String, _ message: String, _ status: Int) {
        self.name = name
        self.message = message
        self.status = status
    }

    static func user(_ text: String) -> OdooError { OdooError("odoo.exceptions.UserError", text, 422) }
    static func validation(_ text: String) -> OdooError { OdooError("odoo.exceptions.ValidationError", text, 422) }
    static func value(_ text: String) -> OdooError { OdooError("builtins.ValueError", text, 500) }
    static func type(_ text: String) -> OdooError { OdooError("builtins.TypeError", text, 500) }
    static func access(_ text: String) -> OdooError { OdooError("odoo.exceptions.AccessError", text, 403) }
    static func notFound(_ text: String) -> OdooError { OdooError("werkzeug.exceptions.NotFound", text, 404) }
    static func server(_ text: String) -> OdooError { OdooError("builtins.KeyError", text, 500) }
    static func unprocessable(_ text: String) -> OdooError {
        OdooError("werkzeug.exceptions.UnprocessableEntity", text, 422)
    }
    static func badRequest(_ text: String) -> OdooError { OdooError("werkzeug.exceptions.BadRequest", text, 400) }

    static let denied = OdooError("odoo.exceptions.AccessDenied", "Access Denied", 403)
    static let unauthorized = OdooError("werkzeug.exceptions.Unauthorized", "Invalid apikey", 401)

    static func noDatabase(_ name: String) -> OdooError {
        OdooError("psycopg2.OperationalError", "FATAL:  database \"\(name.prefix(60))\" does not exist\n", 500)
    }

    static func missing(_ model: String, _ ids: [Int64], user: Int64) -> OdooError {
        let list = ids.map { "\($0)" }.joined(separator: ", ") + (ids.count == 1 ? "," : "")
        return OdooError(
            "odoo.exceptions.MissingError",
            "Record does not exist or has been deleted.\n(Record: \(model)(\(list)), User: \(user))", 404)
    }

    static func invalidField(_ name: String, _ model: String) -> OdooError {
        .value("Invalid field '\(name.prefix(120))' on model '\(model)'")
    }

    /// A right that the user's groups do not give.
    static func notAllowed(to verb: String, _ model: String, _ label: String) -> OdooError {
        .access(
            "You are not allowed to \(verb) '\(label)' (\(model)) records.\n\nThis operation is allowed for the following "
                + "groups:\n\t- Administration/Settings\n\nContact your administrator to request access if necessary.")
    }

    /// By Odoo's code, not by a constraint of the database.
    var isRaised: Bool {
        let constraints = ["Contacts require", "The operation cannot be completed:"]
        return name.hasPrefix("odoo.exceptions.") && !constraints.contains { message.hasPrefix($0) }
    }

    /// The body of JSON-2, and `error.data` of JSON-RPC.
    var json: JSON {
        [
            "name": JSON(name), "message": JSON(message),
            "arguments": status == 401 || name.hasPrefix("werkzeug") ? [JSON(message), JSON(status)] : [JSON(message)],
            "context": [:], "debug": "Traceback (most recent call last): …",
        ]
    }

    var json2: Answer { .json(json, status: status) }

    /// XML-RPC's fault: 2 warning, 3 access denied, 4 access error, else 1.
    var fault: (code: Int, text: String) {
        switch name {
        case "odoo.exceptions.AccessDenied": (3, message)
        case "odoo.exceptions.AccessError": (4, message)
        case "odoo.exceptions.UserError", "odoo.exceptions.ValidationError", "odoo.exceptions.MissingError":
            (2, message)
        default: (1, "Traceback (most recent call last): …\n\(name): \(message)\n")
        }
    }
}
