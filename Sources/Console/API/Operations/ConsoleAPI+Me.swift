import Domain
import Store

extension ConsoleAPI {
    var meOperations: [APIOperation] {
        [.get("getMe", "/api/v1/me", getMe)]
    }

    /// Whose key it is: what a program asks to see that it works.
    private func getMe(_ request: APIRequest) async throws -> APIAnswer {
        let numbers = try await store.numbers(in: request.workspace).filter { $0.state != .disabled }
        return .ok(
            [
                "id": request.workspace, "account_name": request.key.workspaceName, "key": request.key.name,
                "scopes": request.key.scopes.map(\.rawValue).sorted(),
                "phone_numbers": numbers.map { number -> JSONObject in
                    ["id": number.id, "name": number.name, "display": number.displayNumber]
                },
            ] as JSONObject)
    }
}
