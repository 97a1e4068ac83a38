import Domain
import PhoneNumbers
import Store

extension APIProblem {
    /// What any error that reaches the edge is told as; nil for one that is our own mistake.
    init?(_ error: any Error) {
        switch error {
        case let problem as APIProblem: self = problem
        case let error as PuenteError: self.init(error)
        case SQLError.commitUnknown: self = .outcomeUnknown
        case let error as SQLError where error.isOfTheDatabase: self = .databaseAway
        default: return nil
        }
    }

    init(_ error: PuenteError) {
        switch error.detail {
        case PuenteError.idempotencyKeyReused.detail:
            self.init(422, "idempotency_key_reused", error.message)
        case PuenteError.idempotencyInProgress.detail:
            self.init(409, "idempotency_in_progress", error.message)
            headers["Retry-After"] = "1"
        case PuenteError.changedMeanwhile.detail:
            self.init(
                412, "changed_meanwhile",
                en:
                    "It says something else than what If-Match names: somebody changed it. Nothing was saved. Read it again, then decide.",
                es:
                    "Dice otra cosa que lo que nombra If-Match: alguien lo cambió. No se guardó nada. Léalo de nuevo y decida."
            )
        case PuenteError.unknownReply.detail:
            self.init(422, "unknown_reference", error.message)
            faults = [Fault(place: .pointer("/reply_to"), message: error.message)]
        default:
            self.init(Self.status(of: error.code), error.detail ?? Self.name(of: error.code), error.message)
            if error.code == .unavailable { headers["Retry-After"] = "2" }
        }
    }

    private static func status(of code: PuenteError.Code) -> Int {
        switch code {
        case .invalid, .refused: 422
        case .unauthorized: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict: 409
        case .tooLarge: 413
        case .throttled: 429
        case .unavailable: 503
        }
    }

    private static func name(of code: PuenteError.Code) -> String {
        switch code {
        case .invalid: "invalid"
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .conflict: "conflict"
        case .refused: "refused"
        case .tooLarge: "too_large"
        case .throttled: "throttled"
        case .unavailable: "unavailable"
        }
    }
}

extension APIProblem {
    static let ours = APIProblem(
        500, "internal", en: "Something went wrong on our side. It is in the log under the id in Request-Id.",
        es: "Algo falló de nuestro lado. Está en el registro con el identificador de Request-Id.")
    static let databaseAway = APIProblem(
        503, "unavailable", en: "The database cannot be reached right now. Nothing was changed; ask again in a moment.",
        es: "La base de datos no responde ahora. No se cambió nada; pregunte de nuevo en un momento."
    ).with("Retry-After", "2")
    /// No `Retry-After`: a program that repeats this by itself may do it twice.
    static let outcomeUnknown = APIProblem(
        503, "outcome_unknown",
        en:
            "The connection to the database broke while this was being saved, so it may have been done. Ask again with the same Idempotency-Key; without one, look before you repeat it.",
        es:
            "La conexión con la base de datos se cortó al guardar, así que pudo hacerse. Pregunte de nuevo con la misma Idempotency-Key; sin ella, compruébelo antes de repetirlo."
    )
    static let noSuchPath = APIProblem(
        404, "not_found", en: "There is nothing at this address.", es: "No hay nada en esta dirección.")
    static let noSuchThing = APIProblem(
        404, "not_found", en: "There is nothing with this id, or it is not yours.",
        es: "No hay nada con este identificador, o no es suyo.")
    static let cannotBeRead = APIProblem(
        400, "malformed", en: "The request's body could not be read to its end.",
        es: "No se pudo leer el cuerpo de la petición hasta el final.")
    static let tookTooLong = APIProblem(
        408, "timeout", en: "The body took too long to arrive.", es: "El cuerpo tardó demasiado en llegar.")
    static let notJSON = APIProblem(
        415, "unsupported_media_type", en: "Send the body as application/json.",
        es: "Envíe el cuerpo como application/json.")
    static let notAcceptable = APIProblem(
        406, "not_acceptable", en: "The answer is application/json, which the request's Accept does not allow.",
        es: "La respuesta es application/json, que el Accept de la petición no admite.")
    static let wrongBody = APIProblem(
        422, "invalid", en: "Something in the body is not as it must be; \"errors\" says what.",
        es: "Algo del cuerpo no es como debe ser; «errors» dice qué.")
    static let wrongQuery = APIProblem(
        400, "invalid_parameter", en: "A parameter of the address is not as it must be; \"errors\" says which.",
        es: "Un parámetro de la dirección no es como debe ser; «errors» dice cuál.")

    static func notAllowed(_ methods: [String]) -> APIProblem {
        APIProblem(
            405, "method_not_allowed", en: "This address answers to \(methods.joined(separator: ", ")) only.",
            es: "Esta dirección solo admite \(methods.joined(separator: ", "))."
        ).with("Allow", methods.joined(separator: ", "))
    }

    static func tooLarge(_ limit: Int) -> APIProblem {
        let text = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit >> 10) KB"
        return APIProblem(
            413, "too_large", en: "The body has more than \(text).", es: "El cuerpo tiene más de \(text).")
    }
}
