import Domain
import Synchronization

/// The org's schema as it was read last. Reading it takes two calls; what an administrator changes is read again when a call
/// shows it, and with every check.
final class SalesforceSchemaCache: Sendable {
    private let kept = Mutex(KeptFields<SalesforceSchema>())

    /// Nil while it was not read.
    var known: SalesforceSchema? { kept.withLock { $0.known } }
    var last: SalesforceSchema? { kept.withLock { $0.last } }

    func keep(_ schema: SalesforceSchema) { kept.withLock { $0.known = schema } }
    func forget() { kept.withLock { $0.known = nil } }
}

extension SalesforceAPI {
    /// - Parameter isFresh: what is known is not good enough.
    func schema(isFresh: Bool = false) async throws(CallFailure) -> SalesforceSchema {
        if !isFresh, let known = schemas.known { return known }
        let contact: SalesforceDescription = try await get("/sobjects/Contact/describe")
        let schema = SalesforceSchema(
            contact: contact.writableFields, message: try await messageFields(), book: contact.book)
        schemas.keep(schema)
        return schema
    }

    private func messageFields() async throws(CallFailure) -> SalesforceFields? {
        do throws(CallFailure) {
            let object: SalesforceDescription = try await get(
                "/sobjects/\(SalesforceMessageField.object)/describe")
            return object.writableFields
        } catch {
            guard error.code == "NOT_FOUND" || error.code == "INVALID_TYPE" else { throw error }
            return nil
        }
    }
}
